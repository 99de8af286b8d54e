"""What leaves the house for one person: mail."""

from marula.faces.couriers.mail import NoMailer, SmtpMailer, mailer_for

__all__ = ["NoMailer", "SmtpMailer", "mailer_for"]
