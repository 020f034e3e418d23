"""Labels and sentences of directories."""

from flask_babel import lazy_gettext as _l

DIRECTORY = {
    "name": _l("Name of the directory"), "realm": _l("Realm"), "shown_realm": _l("Realm"), "organisation_name": _l("Organisation"),
    "is_active": _l("In use"), "url": _l("Address"), "starttls": _l("Encrypt with STARTTLS"), "ca_certificate": _l("Certificate authority"),
    "kind": _l("Kind of directory"), "search_base": _l("Where people are searched"), "group_base": _l("Where groups are searched"),
    "user_filter": _l("Filter that finds the user"), "username_attribute": _l("Attribute of the user name"),
    "given_name_attribute": _l("Attribute of the given name"), "family_name_attribute": _l("Attribute of the family name"),
    "mail_attribute": _l("Attribute of the e-mail address"), "bind_dn": _l("Service account"), "bind_secret": _l("Password of the service account"),
    "test_user": _l("User name to test with"), "state_words": _l("State"), "last_success_at": _l("Last success"), "last_failure_at": _l("Last failure"),
    "failures": _l("Failures since"), "fault_words": _l("Latest fault"), "changed_at": _l("Changed"),
}  # fmt: skip
GROUP = {
    "group_dn": _l("Group in the directory"), "role": _l("Role it suggests"), "bypasses_application": _l("Its members get the right without an application"),
}  # fmt: skip
HELP = {
    "realm": _l("What stands after @ in the user name, such as kunta.fi. It cannot be changed later."),
    "url": _l("ldaps://server.kunta.fi or ldap://server.kunta.fi; the connection is always encrypted."),
    "starttls": _l("Needed for an address that begins with ldap://."),
    "ca_certificate": _l("In PEM form. Leave empty if the directory's certificate comes from a public authority."),
    "search_base": _l("For example: ou=people,dc=kunta,dc=fi"),
    "group_base": _l("Leave empty if the groups are in the same place as the people."),
    "user_filter": _l("For example: (uid={username}). The user name comes in the place of {username}."),
    "bind_secret": _l("It is kept encrypted and is never shown."),
    "test_user": _l("Without the realm. The test of the connection searches for this user; no password is needed."),
    "bypasses_application": _l("Only your organisation can decide this. Administrators always apply."),
    "group_dn": _l("For example: cn=integration,ou=groups,dc=kunta,dc=fi"),
}  # fmt: skip
HELP_SAVED = {"bind_secret": _l("It is kept encrypted and is never shown. Leave empty to keep the saved one.")}
BROKEN = {
    "REALM": _l("Write the realm as a domain name, such as kunta.fi."),
    "TAKEN": _l("This realm is in use already."),
    "URL": _l("Write the address as ldaps://server or ldap://server, with nothing after the port."),
    "TLS": _l("Without STARTTLS passwords would travel unencrypted. Tick STARTTLS or write ldaps://."),
    "OWN_MACHINE": _l("The address means the server of this system itself."),
    "CA": _l("This is no certificate in PEM form."),
    "KEY": _l("This holds a private key. Give the certificate only, and renew the key: it has been sent over the network."),
    "DN": _l("Write a distinguished name, such as ou=people,dc=kunta,dc=fi."),
    "FILTER": _l("Write a filter with {username} in one place as a value, such as (uid={username})."),
    "ATTRIBUTE": _l("Write the name of one attribute; passwords cannot be read."),
    "SECRET": _l("Write the password of the service account."),
    "SECRET_AGAIN": _l("Write the password of the service account again: it is sent to another place than before."),
    "ROLE": _l("Members of a group cannot become administrators without an application."),
    "ROLE_HERE": _l("This role is not given in an organisation of this kind."),
}  # fmt: skip
# Kinds of fault, as the status page tells them; they name no server, account or person.
FAULTS = {
    "NAME": _l("The name of the server is not found."),
    "CONNECT": _l("The server does not answer the connection."),
    "TLS": _l("The connection could not be encrypted, or the certificate was refused."),
    "CA": _l("The certificate authority could not be read."),
    "TIMEOUT": _l("The directory did not answer in time."),
    "SERVICE_ACCOUNT": _l("The directory refused the service account."),
    "BASE": _l("The place where people are searched does not exist."),
    "FILTER": _l("The directory did not accept the filter."),
    "ANSWER": _l("The directory answered with an error."),
}  # fmt: skip
STATES = {
    "OFF": _l("Not in use"), "UNUSED": _l("Nobody has signed in yet"), "WORKING": _l("Working"),
    "FAILING": _l("Failing since %(moment)s"), "OPEN": _l("Left alone for a while, failing since %(moment)s"),
}  # fmt: skip
# The steps of the test of a connection, in the order they are taken.
STEPS = {
    "NAME": _l("The name of the server is found"), "CONNECT": _l("The server answers"), "TLS": _l("The connection is encrypted and the certificate is accepted"),
    "SERVICE_ACCOUNT": _l("The service account gets in"), "BASE": _l("The place where people are searched is found"), "USER": _l("The filter finds the test user"),
    "ATTRIBUTES": _l("The user's attributes are read"), "GROUPS": _l("The user's groups are read"),
}  # fmt: skip
TESTED = {
    "DONE": _l("In order."), "LEFT": _l("Not tried, because an earlier step failed."), "NO_USER": _l("Not tried: no user name to test with is given."),
    "NOBODY": _l("The filter finds nobody, or several people."), "BUSY": _l("Somebody else is asking the directory just now, and it is slow. Try again in a moment."),
}  # fmt: skip
