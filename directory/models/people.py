from django.db import models


class Person(models.Model):
    family_name = models.CharField(max_length=100)

    def __str__(self):
        return self.family_name
