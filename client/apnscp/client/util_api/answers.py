"""What the description of a panel cannot say of its answers. Made by `apnscpd stubs --answers' from the registry.

MAPS: methods that answer a map, which arrives as an empty list when it has no keys
NULLABLE: methods for which null is an answer, and no reason to call again
The classes are the maps with known keys, for annotations: ``from apnscp.client.util_api.answers import CollectRow``.
"""

# ruff: noqa
# fmt: off
from typing import Any, NotRequired, TypedDict

MAPS = frozenset({
    "admin_collect",
    "admin_get_domains",
    "admin_get_plan",
    "admin_get_storage",
    "admin_get_usage",
    "aliases_list_shared_domains",
    "aliases_list_unsynchronized_domains",
    "auth_get_ip_restrictions",
    "auth_get_last_login",
    "auth_session_info",
    "billing_get_next_payment",
    "cgroup_get_limits",
    "cgroup_get_usage",
    "common_get_disk_quota",
    "common_get_global_preferences",
    "common_get_last_login",
    "common_get_load",
    "common_get_services",
    "common_get_user_preferences",
    "common_load_preferences",
    "config_info",
    "diskquota_project_get",
    "dns_get_zone_information",
    "email_get_mailbox",
    "email_get_vacation_options",
    "letsencrypt_challenges",
    "misc_command_info",
    "misc_i",
    "misc_info",
    "misc_l",
    "misc_list_commands",
    "mysql_get_privileges",
    "mysql_get_supported_charsets",
    "mysql_get_supported_collations",
    "mysql_list_users",
    "pgsql_list_users",
    "scope_info",
    "site_get_account_quota",
    "site_get_bandwidth_usage",
    "site_get_user_count",
    "site_get_users",
    "site_split_hostname",
    "sql_get_mysql_privileges",
    "sql_list_mysql_users",
    "sql_list_pgsql_users",
    "ssl_get_public_key",
    "ssl_parse_certificate",
    "ssl_privkey_info",
    "ssl_request_info",
    "user_get_quota",
    "user_get_user_count",
    "user_get_users",
    "user_getpwnam",
    "web_domain_info",
    "web_list_domains",
    "web_list_subdomains",
    "web_split_host",
    "web_subdomain_info",
})

NULLABLE = frozenset({
    "admin_get_address_from_domain",
    "admin_get_email",
    "admin_get_meta_from_domain",
    "admin_get_site_id_from_domain",
    "admin_hijack",
    "argos_get_config",
    "auth_inactive_reason",
    "auth_reset_password",
    "billing_get_hosting_subscription",
    "billing_get_invoice",
    "billing_get_invoice_from_domain",
    "billing_get_package_by_invoice",
    "billing_get_package_type",
    "billing_get_renewal_hash",
    "cgroup_get_cgroup",
    "common_get_email",
    "common_get_service_value",
    "config_get",
    "config_info",
    "crontab_get_mailto",
    "discourse_get_admin",
    "discourse_get_version",
    "discourse_next_version",
    "dns_domain_expiration",
    "dns_get_authns_from_host",
    "dns_get_default",
    "dns_get_parent_domain",
    "dns_get_public_ip",
    "dns_get_public_ip6",
    "dns_get_records_by_rr",
    "dns_get_server_from_domain",
    "dns_get_zone_information",
    "dns_update",
    "dns_uuid",
    "drupal_get_admin",
    "drupal_get_version",
    "drupal_next_version",
    "drupal_plugin_status",
    "email_get_vacation_message",
    "email_mailbox_type",
    "file_etag",
    "file_get_mime_type",
    "file_scan",
    "ftp_get_option",
    "ghost_get_admin",
    "ghost_get_version",
    "ghost_next_version",
    "git_tag",
    "joomla_get_admin",
    "joomla_get_version",
    "joomla_next_version",
    "laravel_get_admin",
    "laravel_get_version",
    "laravel_next_version",
    "magento_get_admin",
    "magento_get_version",
    "magento_next_version",
    "misc_cp_version",
    "mysql_get_database_charset",
    "mysql_get_prefix",
    "node_lts_version",
    "pgsql_get_prefix",
    "pgsql_get_tablespace",
    "pgsql_site_from_tablespace",
    "rampart_get_reason",
    "redis_config",
    "redis_running",
    "scope_get",
    "scope_info",
    "site_ip_address",
    "sql_get_prefix",
    "ssl_get_alternative_names",
    "tomcat_system_user",
    "web_extract_components_from_path",
    "web_get_hostname_from_docroot",
    "web_normalize_path",
    "webapp_discover",
    "webapp_get_admin",
    "webapp_get_version",
    "webapp_next_version",
    "wordpress_get_admin",
    "wordpress_get_version",
    "wordpress_next_version",
})

class CollectRow(TypedDict):
    """An account: primary domain, whether it is active, and parameter to value of the services asked for."""

    domain: str
    active: bool
    aliases: NotRequired[dict[str, Any]]
    apache: NotRequired[dict[str, Any]]
    auth: NotRequired[dict[str, Any]]
    bandwidth: NotRequired[dict[str, Any]]
    billing: NotRequired[dict[str, Any]]
    cgroup: NotRequired[dict[str, Any]]
    crontab: NotRequired[dict[str, Any]]
    diskquota: NotRequired[dict[str, Any]]
    dns: NotRequired[dict[str, Any]]
    files: NotRequired[dict[str, Any]]
    ftp: NotRequired[dict[str, Any]]
    ipinfo: NotRequired[dict[str, Any]]
    ipinfo6: NotRequired[dict[str, Any]]
    logrotate: NotRequired[dict[str, Any]]
    logs: NotRequired[dict[str, Any]]
    mail: NotRequired[dict[str, Any]]
    metrics: NotRequired[dict[str, Any]]
    mlist: NotRequired[dict[str, Any]]
    mysql: NotRequired[dict[str, Any]]
    pgsql: NotRequired[dict[str, Any]]
    rampart: NotRequired[dict[str, Any]]
    reseller: NotRequired[dict[str, Any]]
    shield: NotRequired[dict[str, Any]]
    siteinfo: NotRequired[dict[str, Any]]
    spamfilter: NotRequired[dict[str, Any]]
    ssh: NotRequired[dict[str, Any]]
    ssl: NotRequired[dict[str, Any]]
    tomcat: NotRequired[dict[str, Any]]
    users: NotRequired[dict[str, Any]]
    vacation: NotRequired[dict[str, Any]]

class StorageRow(TypedDict):
    """Storage: qused, qsoft and qhard in KB, fused, fsoft and fhard in files; a limit of 0 is none."""

    qused: int
    qsoft: int
    qhard: int
    fused: int
    fsoft: int
    fhard: int

class ControlGroupFigure(TypedDict):
    """What is used of a controller, and the limit, null for none."""

    used: int
    threshold: int | None

class UsageRow(TypedDict):
    """A row of usage: of storage the keys of a storage row; of bandwidth sum, threshold (-1: none; both in bytes),
    begin and rollover (Unix times); of cgroup a figure for each controller.
    """

    qused: NotRequired[int]
    qsoft: NotRequired[int]
    qhard: NotRequired[int]
    fused: NotRequired[int]
    fsoft: NotRequired[int]
    fhard: NotRequired[int]
    sum: NotRequired[int]
    threshold: NotRequired[int]
    begin: NotRequired[int]
    rollover: NotRequired[int]
    cpu: NotRequired[ControlGroupFigure]
    memory: NotRequired[ControlGroupFigure]
    pids: NotRequired[ControlGroupFigure]

class AliasJournal(TypedDict):
    """Domains that wait to be added and removed, by their places in the list of domains as it will be, and as it is."""

    add: list[str] | dict[int, str]
    remove: list[str] | dict[int, str]

class ApiKey(TypedDict):
    """An API key; `last_used` is a Unix time, null before its first use."""

    key: str
    last_used: int | None
    comment: str

class LastLogin(TypedDict):
    """The sign-in before this one, without any key when there was none."""

    ip: NotRequired[str]
    ts: NotRequired[int]

class Login(TypedDict):
    """A sign-in: the address it came from, and when, as Unix time."""

    ip: str
    ts: int

class SessionInfo(TypedDict):
    """Who is calling; `id` is the session, empty for a key, and `site_id` is 0 for the administrator."""

    id: str
    username: str
    domain: str
    site: str
    site_id: int
    user_id: int
    group_id: int
    level: int
    gate: str

class Transfer(TypedDict):
    """What went in and out, in bytes, between two Unix times."""

    begin: int
    end: int
    in_bytes: int
    out_bytes: int

ServiceTransfer = TypedDict("ServiceTransfer", {"in": int, "out": int, "svc_name": str, "ext_info": str})
"""What went in and out by one service, in bytes; `ext_info` is the domain."""

class CyclePeriod(TypedDict):
    """A bandwidth cycle, in Unix times."""

    begin: int
    end: int

class NextPayment(TypedDict):
    """The next payment: a Unix time, -1 for none, and the amount."""

    date: int
    amount: int

class ControllerUsage(TypedDict):
    """What an account uses of a controller: seconds of 24 hours, bytes or processes; null is no limit.

    Without any key where there is no control group.
    """

    used: NotRequired[int]
    limit: NotRequired[int | None]
    free: NotRequired[int | None]

class DiskQuota(TypedDict):
    """Storage that is used and may be used, in KB; a total of 0 is no limit."""

    used: int
    total: int

class ScopeInfo(TypedDict):
    """A scope: what it is for, its value, what it may be, and its default."""

    info: str
    value: Any
    settings: Any
    default: Any

class CronJob(TypedDict):
    """A line of a crontab; with a macro such as @daily as its minute the other fields of time are empty."""

    minute: str
    hour: str
    day_of_month: str
    month: str
    day_of_week: str
    cmd: str
    disabled: bool

class QuotaProject(TypedDict):
    """A quota project: blocks in KB, inodes, 0 for no limit, and the accounts that share it."""

    name: str
    blocks: int
    inodes: int
    sites: list[str]

DnsRecord = TypedDict("DnsRecord", {"name": str, "subdomain": str, "domain": str, "class": str, "ttl": int, "parameter": str, "rr": str})
"""A record of a zone: its full name with a dot at the end, in its two parts, and its ttl in seconds."""

MailRecord = TypedDict("MailRecord", {"name": str, "subdomain": str, "domain": str, "class": str, "ttl": int, "parameter": str, "rr": str})
"""A DNS record that mail needs: `name` has its final dot, `ttl` is in seconds."""

class VacationOptions(TypedDict):
    """How a vacation message is sent: its text, subject and content type, and how many days until a sender gets it again."""

    response: str
    subject: str
    contenttype: str
    days: int

class MailAddress(TypedDict):
    """An address; `user` is the part before the @, empty for a catch-all.

    type: v for a mailbox, a for a forward; enabled: 1 or 0; mailbox: path of a mailbox, empty for a forward; uid: of its
    user, 0 for a forward; custom: its folder, empty for the inbox; destination: its user, or where a forward leads
    """

    user: str
    domain: str
    type: str
    enabled: int
    mailbox: str
    uid: int
    custom: str
    destination: str

class AcmeChallenge(TypedDict):
    """A proof that an authority asks for; status is pending or valid, payload what is to be put where it looks."""

    domain: str
    status: str
    type: str
    url: str
    token: str
    payload: str

class MysqlUser(TypedDict):
    """A MySQL user at one host: TLS, limits per hour (0 is none), connections at once, and the server's hash."""

    ssl_type: str
    ssl_cipher: str
    x509_issuer: str
    x509_subject: str
    max_questions: int
    max_updates: int
    max_user_connections: int
    max_connections: int
    password: str

class PgsqlUser(TypedDict):
    """A PostgreSQL user: connections at once, and the server's hash."""

    max_connections: int
    password: str

class AccountQuota(TypedDict):
    """Storage of an account; `dynamic` is true in a quota project, which may limit it further."""

    qused: int
    qsoft: int
    qhard: int
    fused: int
    fsoft: int
    fhard: int
    dynamic: NotRequired[bool]

class BandwidthUsage(TypedDict):
    """Transfer in the running cycle, in bytes; a total of -1 is no limit."""

    used: float
    total: float

class UserCount(TypedDict):
    """How many users an account has and may have; null is no limit."""

    users: int
    max: int | None

class UserEntry(TypedDict):
    """A user of an account, as in /etc/passwd."""

    uid: int
    gid: int
    gecos: str
    home: str
    shell: str

class HostParts(TypedDict):
    """A host name in its two parts."""

    subdomain: str
    domain: str

class InstalledCertificate(TypedDict):
    """The files of an installed certificate, null for no chain, and the address that serves it."""

    crt: str
    key: str
    chain: str | None
    host: str

class KeyInfo(TypedDict):
    """A key: its size in bits, its public part in PEM; type is 0 for RSA, 3 for an elliptic curve."""

    bits: int
    key: str
    type: int

class ServedHost(TypedDict):
    """A domain or subdomain: document root, whether it is served, its owner; type is domain, local, global, fallthrough."""

    path: str
    active: bool
    user: str
    type: str
