"""When and where an event is, for templates."""

from django import template

from knowledge import times

register = template.Library()

for said in (times.moment, times.when, times.hours, times.place, times.at_clock):
    register.filter(said)
