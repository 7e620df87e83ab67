"""Whoever refers to a customer or a person has said what a merge does with it."""

from django.apps import apps

from wendu.customers.models import Contact, Customer
from wendu.merges.choices import Kind
from wendu.merges.links import LINKS

NAMED_BY_NUMBER = {"customer_id", "subject_id", "object_id", "thing_id", "root_id", "customer_uuid", "contact_id"}


def referring(target):
    return {
        (model._meta.label, column.attname)
        for model in apps.get_models()
        if model.__module__.startswith("wendu.")
        for column in model._meta.concrete_fields
        if column.related_model is target
    }


def named_by_number():
    return {
        (model._meta.label, column.attname)
        for model in apps.get_models()
        if model.__module__.startswith("wendu.")
        for column in model._meta.concrete_fields
        if not column.is_relation and column.attname in NAMED_BY_NUMBER
    }


def said(kind):
    return {(link.model._meta.label, link.column) for link in LINKS[kind]}


def test_every_foreign_key_to_a_customer_is_handled():
    assert referring(Customer) - said(Kind.CUSTOMER) == set()


def test_every_foreign_key_to_a_person_is_handled():
    assert referring(Contact) - said(Kind.CONTACT) == set()


def test_every_column_that_names_a_thing_by_its_number_is_handled():
    assert named_by_number() - said(Kind.CUSTOMER) - said(Kind.CONTACT) == set()


def test_nothing_is_handled_that_is_not_there():
    columns = {(m._meta.label, c.attname) for m in apps.get_models() for c in m._meta.concrete_fields}

    assert (said(Kind.CUSTOMER) | said(Kind.CONTACT)) - columns == set()
