from django.db import models


class Organisation(models.Model):
    name_sv = models.CharField(max_length=200)

    def __str__(self):
        return self.name_sv
