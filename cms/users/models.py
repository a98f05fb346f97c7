from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who works in the portal: a model of our own from day one, since it cannot be swapped in later."""
