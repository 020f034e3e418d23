"""A real slapd with the names that Active Directory gives things: sAMAccountName, userPrincipalName, memberOf as a plain attribute."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.slapd import PASSWORD, SERVICE_DN, SERVICE_PASSWORD, Slapd, adding

DOMAIN = "dc=ad,dc=test"
USERS = f"OU=Users,{DOMAIN}"
# Kept in another case than people are told: a directory compares names without it.
GUIDES, STAFF, LEADS = f"CN=Koto-Guides,{USERS}", f"CN=Koto-Staff,{USERS}", f"CN=Koto-Leads,{USERS}"

_SCHEMA = """\
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.102 NAME 'memberOf' EQUALITY distinguishedNameMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.12 )
attributetype ( 1.2.840.113556.1.4.1786 NAME 'supportedCapabilities' EQUALITY objectIdentifierMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.38 )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP top STRUCTURAL MUST cn
  MAY ( sAMAccountName $ userPrincipalName $ givenName $ sn $ mail $ memberOf $ userPassword ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST cn MAY ( member $ memberOf ) )
"""
_CONFIG = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {home}/ad.schema
pidfile {home}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile {home}/ca.pem
TLSCertificateFile {home}/server.pem
TLSCertificateKeyFile {home}/server.key
security simple_bind=128
{more}
database mdb
maxsize 67108864
suffix "dc=test"
directory {home}/data
rootdn "{root_dn}"
rootpw {root_password}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{service_dn}" read by anonymous auth by * none
"""


class AdSlapd(Slapd):
    """Two people, and groups that know of each other by memberOf alone.

    With `says_it_walks` the server says that it knows Active Directory's rule for groups within groups, which slapd does not.
    """

    def __init__(self, home: Path, *, says_it_walks: bool = False) -> None:
        (home / "ad.schema").write_text(_SCHEMA, encoding="ascii")
        root = home / "root.ldif"
        root.write_text("dn:\nsupportedCapabilities: 1.2.840.113556.1.4.800\n", encoding="ascii")
        self.config = _CONFIG.replace("{more}", f"rootDSE {root}" if says_it_walks else "")
        super().__init__(home)

    def load(self, connection: Any) -> None:
        add = adding(connection)
        add("dc=test", objectClass=["dcObject", "organization"], dc="test", o="Tests")
        add(SERVICE_DN, objectClass=["organizationalRole", "simpleSecurityObject"], cn="koto", userPassword=SERVICE_PASSWORD)
        add(DOMAIN, objectClass=["dcObject", "organization"], dc="ad", o="AD")
        add(USERS, objectClass="organizationalUnit", ou="Users")
        # Staff are within guides' upper group, which is within staff: a circle that only memberOf tells of.
        add(LEADS, objectClass="group", cn="Koto-Leads")
        add(STAFF, objectClass="group", cn="Koto-Staff", memberOf=[GUIDES, LEADS])
        add(GUIDES, objectClass="group", cn="Koto-Guides", memberOf=STAFF)
        for account, given, family, groups in (("Maija", "Maija", "Åström", [GUIDES.lower()]), ("otto", "Otto", "Ojala", [])):
            more = {"memberOf": groups} if groups else {}
            add(f"CN={given} {family},{USERS}", objectClass="user", cn=f"{given} {family}", sAMAccountName=account, givenName=given, sn=family,
                userPrincipalName=f"{account}@ad.test", mail=f"{account}@example.fi".lower(), userPassword=PASSWORD, **more)  # fmt: skip
