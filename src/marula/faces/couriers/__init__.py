"""What leaves the house for one person: mail, and pushes to their programs."""

from marula.faces.couriers import push
from marula.faces.couriers.mail import NoMailer, SmtpMailer, mailer_for

__all__ = ["NoMailer", "SmtpMailer", "mailer_for", "push"]
