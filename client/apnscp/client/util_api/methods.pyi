"""What type checkers know of a panel's methods. Made by `apnscpd stubs' from the registry: do not edit.

A refused call without ``abort_on`` answers nothing, which is why answers other than true and false, lists and maps end
in Any.
"""

# ruff: noqa
# fmt: off
from typing import Any

from typing_extensions import TypeAlias, deprecated

from apnscp.client.util_api.answers import (
    AccountQuota,
    AcmeChallenge,
    ApiKey,
    BandwidthUsage,
    CollectRow,
    ControlGroupFigure,
    ControllerUsage,
    CyclePeriod,
    DiskQuota,
    DnsRecord,
    HostParts,
    InstalledCertificate,
    KeyInfo,
    LastLogin,
    Login,
    NextPayment,
    QuotaProject,
    ScopeInfo,
    ServedHost,
    ServiceTransfer,
    SessionInfo,
    StorageRow,
    Transfer,
    UsageRow,
    UserCount,
    UserEntry,
)

_List: TypeAlias = list[Any] | tuple[Any, ...]
_Map: TypeAlias = dict[Any, Any]

class _Admin:
    def activate_site(self, site: str) -> bool:
        """Lift the suspension of accounts: one, or all that hold an invoice.

        site: site id, domain, alias or invoice
        """
    def add_site(self, domain: str, admin: str, opts: _List | _Map = ..., flags: _List | _Map = ...) -> bool:
        """Create an account.

        domain: primary domain, free on this server
        admin: name of the account's administrator, free among administrators
        opts: values as "service.parameter", "service,parameter" or nested; siteinfo.plan names the plan
        flags: plan, force, bootstrap, notify; derive-admin makes an administrator from the domain where admin is empty
        """
    def collect(self, params: _List | _Map | None = ..., query: _List | _Map | None = None, sites: _List | _Map | None = ...) -> dict[str, CollectRow]:
        """Return values of services over accounts, one row each with `active` and `domain`.

        params: "service.param" or "service"; empty for email, admin_user, aliases, invoice and parent_invoice; null for all
        query: map of what must match, such as [billing.invoice:ABC-1] or [active:false]
        sites: site ids, domains, aliases or invoices to look at; a row's key is the identifier as passed, else siteN
        """
    def deactivate_site(self, site: str, flags: _List | _Map = ...) -> bool:
        """Suspend accounts: one, or all that hold an invoice.

        site: site id, domain, alias or invoice
        flags: reason (lines that start with # or ; stay hidden from the customer), template
        """
    def delete_site(self, site: str | None, flags: _List | _Map = ...) -> bool:
        """Delete accounts: one, all that hold an invoice, or all that were suspended long enough.

        site: site id, domain, alias or invoice; null together with since for all suspended accounts
        flags: since (a time expression), match (a regular expression for the reason of suspension), force, dry-run
        """
    def edit_site(self, site: str, opts: _List | _Map = ..., flags: _List | _Map = ...) -> bool:
        """Change accounts: one, or all that hold an invoice.

        site: site id, domain, alias or invoice; with the flag all it does not count
        opts: values as in add-site; siteinfo.plan changes the plan
        flags: plan, reset, dry-run, backup, force, reconfig (rebuild is the same), all
        """
    def get_address_from_domain(self, domain: str) -> Any:
        """Return the contact address of the account that holds a domain, false when none does."""
    def get_domains(self) -> dict[int, str]:
        """Return all accounts as a map of site id (a number) to primary domain, ordered by domain."""
    def get_email(self) -> str | Any | None:
        """Return the administrator's contact address, null while none is set."""
    def get_meta_from_domain(self, domain: str, service: str, class_: str | None = None, /) -> Any:
        """Return one parameter of the account that holds a domain, or a whole service.

        class: the parameter; null for the service
        """
    def get_plan(self, name: str) -> dict[str, dict[str, Any]]:
        """Return the settings of a plan, merged with its bases: service to parameter to value."""
    def get_site_id_from_domain(self, domain: str) -> int | Any | None:
        """Return the number of the account that holds a domain, primary or alias; null when none does."""
    def get_storage(self) -> StorageRow:
        """Return the space of the server's file system: qused, qsoft, qhard in KB, fused, fsoft, fhard in files."""
    def get_usage(self, field: str = 'storage', sites: _List = ...) -> dict[str, UsageRow]:
        """Return what accounts use, keyed siteN, a row for every account.

        field: storage (KB and inodes: qused, qsoft, qhard, fused, fsoft, fhard), bandwidth (bytes: sum, threshold, begin,
            rollover) or cgroup (figures of 24 hours)
        sites: site ids, domains, aliases or invoices; all when empty
        """
    def hijack(self, site: str, user: str | None = None, gate: str | None = None) -> str | Any | None:
        """Open a session as a user of an account and return its id; the caller's own stays valid.

        site: site id, domain or alias; the server's own host name, or localhost, for a session of the administrator
        user: null for the account's administrator
        gate: UI, SOAP, DAV or CLI; SOAP, the gate of this call, when null
        """
    def list_plans(self) -> list[str]:
        """Return the names of all plans."""
    def set_email(self, email: str) -> bool:
        """Set the administrator's contact address."""

class _Auth:
    def change_cpassword(self, cpassword: str, user: str | None = None, domain: str | None = None) -> bool:
        """Change a password to one that is hashed already.

        cpassword: a crypt(3) hash of SHA-512 or SHA-256; user, domain: as in change-password
        """
    def change_domain(self, domain: str) -> bool:
        """Give the account another primary domain; names of its servers follow and a mail tells of it.

        domain: free on this server, no alias and no subdomain of the account
        """
    def change_password(self, password: str, user: str | None = None, domain: str | None = None) -> bool:
        """Change a password; the user's other sessions end and a mail tells of it.

        user: null for the caller; a site's administrator may name its users, the panel's administrator any; where no
            administrator of the panel has the name and there is no domain, it becomes a further one
        domain: for the panel's administrator: the account of the user, whose administrator is meant when user is null
        """
    def change_username(self, user: str) -> bool:
        """Rename the administrator who is calling; keys and sessions come along.

        user: free among administrators and in this account
        """
    def create_api_key(self, comment: str = '', user: str | None = None) -> str | Any:
        """Make an API key of 64 hexadecimal characters; a user may have 10.

        comment: cut after 255 characters; user: for a site's administrator: the user whose key it is, null for the caller
        """
    def crypt(self, password: str, salt: str | None = None) -> str | Any:
        """Return the SHA-512 crypt of a password, 5,000 rounds.

        salt: up to 16 letters, digits, dots and slashes, with or without ``$6$`` before them; random when null
        """
    def delete_api_key(self, key: str, user: str | None = None) -> bool:
        """Delete an API key; the sessions that it opened end. False for a user without any key.

        key: dashes and case do not count; user: as in get-api-keys
        """
    def deny_user(self, user: str, svc: str = 'cp') -> bool:
        """Keep a user out of a service; for the account's administrator.

        svc: cp (the panel) or dav
        """
    def disable_totp(self) -> bool:
        """Give the second factor up; needs a session opened with it, or its code in X-Extended-Auth."""
    def enable_totp(self, secret: str, code: str) -> bool:
        """Ask for a second factor at the caller's sign-ins from now on.

        secret: from totp-code; code: what a device shows for it now
        """
    def get_api_keys(self, user: str | None = None) -> list[ApiKey]:
        """Return a user's API keys as key, last_used (Unix time or null) and comment.

        user: for a site's administrator: one of its users; null for the caller
        """
    def get_ip_restrictions(self, gate: str | None = None) -> dict[str, list[str]]:
        """Return the addresses from which the caller may sign in, each with its gates, none named for all.

        gate: only what opens this gate
        """
    def get_last_login(self) -> LastLogin:
        """Return the caller's last login before this one as ip and ts (Unix time); empty when there was none."""
    def get_login_history(self, limit: Any = None) -> list[Login]:
        """Return the caller's logins before this one, newest first, as ip and ts (Unix time).

        limit: a number below 100; anything else means 10
        """
    def inactive_reason(self, site: str | None = None) -> str | Any | None:
        """Return why the account is suspended, without hidden lines; null while it is active.

        site: for the administrator: the account to ask about
        """
    def is_demo(self) -> bool:
        """Tell whether this is the demonstration account, the one whose invoice is [billing] demo_invoice."""
    def is_inactive(self) -> bool:
        """Tell whether the caller's account is suspended; the administrator never is."""
    def password_permitted(self, password: str, user: str | None = None) -> bool:
        """Tell whether a password is strong enough; a warning says what it lacks.

        user: name that it must not contain; the caller's when null
        """
    def permit_user(self, user: str, svc: str = 'cp') -> bool:
        """Let a user sign in to a service again; for the account's administrator.

        svc: cp (the panel) or dav
        """
    def remove_ip_restriction(self, ip: str, gate: str | None = None) -> bool:
        """Take an address from the list of restrict-ip.

        gate: null for every gate it is listed for
        """
    def reset_password(self, user: str | None = None, site: str | None = None) -> str | Any | None:
        """Give a user a random password, mail it to the address on record and return it.

        user: null for the caller, or for the administrator of `site`
        site: for the panel's administrator: the account of the user
        """
    def restrict_ip(self, ip: str, gate: str | None = None) -> bool:
        """Let the caller sign in only from listed addresses, and list one.

        ip: an address or a range such as 192.0.2.0/24; gate: UI, SOAP or DAV, null for all
        """
    def session_info(self) -> SessionInfo:
        """Return who is calling: id, username, domain (empty for the administrator), site, site_id, level, gate ..."""
    def set_api_key_comment(self, key: str, comment: str | None = None, user: str | None = None) -> bool:
        """Change the comment of an API key; false when nothing changed.

        key: dashes and case do not count; user: as in get-api-keys
        """
    def set_extended_auth_flag(self, session_id: str) -> bool:
        """Give a session extended authentication, as if it had been opened with a second factor.

        An administrator who has a second factor must have used it.
        """
    def set_temp_password(self, site: str, limit: int = 120, password: str | None = None) -> str | Any:
        """Give a user a password for a while and return it; the former one comes back by itself.

        site: site id or domain for its administrator, user@domain for another user
        limit: seconds; a second call while one holds changes the password and not its end
        password: a random one when null
        """
    def totp_code(self) -> str | Any:
        """Return a new secret for a second factor, in Base32; totp-enable puts it to use."""
    def totp_disable(self) -> bool:
        """Give the second factor up; needs a session opened with it, or its code in X-Extended-Auth."""
    def totp_enable(self, secret: str, code: str) -> bool:
        """Ask for a second factor at the caller's sign-ins from now on.

        secret: from totp-code; code: what a device shows for it now
        """
    def user_enabled(self, user: str, svc: str = 'cp') -> bool:
        """Tell whether a user may sign in to a service, the same as user-permitted.

        svc: cp (the panel) or dav
        """
    def user_permitted(self, user: str, svc: str = 'cp') -> bool:
        """Tell whether a user may sign in to a service.

        svc: cp (the panel) or dav
        """

class _Bandwidth:
    def amnesty(self, domain: str) -> bool:
        """Forgive an account what it transferred in the running cycle.

        domain: site id, domain or alias
        """
    def enabled(self) -> bool:
        """Tell whether the account's transfer is counted."""
    def get_all_composite_bandwidth_data(self, grouping: str = 'month') -> list[Transfer]:
        """Return the account's transfer over time, oldest first: begin and end (Unix times), in_bytes, out_bytes.

        grouping: month (by cycle) or day
        """
    def get_by_date(self, begin: int | None, end: int | None = None) -> list[ServiceTransfer]:
        """Return the account's transfer by service between two times: in and out (bytes), svc_name, ext_info (the domain).

        begin: Unix time; end: Unix time, now when left out; days that lie between them in part count in full
        """
    def get_cycle_periods(self) -> list[CyclePeriod]:
        """Return begin and end of the account's cycles as Unix times, oldest first; the last one is running."""

class _Billing:
    def configured(self) -> bool:
        """Tell whether a billing system is attached to the panel: none is."""
    def get_billing_status(self, invoice: Any = '') -> int | Any:
        """Return what billing:get-status returns."""
    def get_customer_since(self) -> int | Any:
        """Return when the account was made, as Unix time."""
    def get_hosting_subscription(self) -> str | Any | None:
        """Return the account's own invoice, null without one."""
    def get_invoice(self) -> str | Any | None:
        """Return the invoice of the account, else its parent's, else null; null for the administrator."""
    def get_invoice_from_domain(self, domain: str) -> str | Any | None:
        """Return the invoice of the account that holds a domain, else its parent's; null when there is none."""
    def get_next_payment(self) -> NextPayment:
        """Return the next payment: date -1 and amount 0, none is due."""
    def get_package_by_invoice(self, invoice: str) -> str | Any | None:
        """Return the plan of the first account that holds an invoice, as its own or its parent's; null when none does."""
    def get_package_type(self) -> str | Any | None:
        """Return the plan of the account."""
    def get_payment_method(self) -> str | Any:
        """Return how the account is paid: "other", since no billing system is attached."""
    def get_renewal_hash(self, invoice: Any = None) -> Any:
        """Return the token of a renewal: null, there is none."""
    def get_renewal_link(self, invoice: Any = None) -> str | Any:
        """Return the address at which the account is renewed: empty, there is none."""
    def get_status(self, invoice: Any = '') -> int | Any:
        """Return the status of the account's billing: 1, active."""
    def is_billed(self) -> bool:
        """Tell whether the account has an invoice of its own."""
    def list_payments(self) -> list[Any]:
        """Return the payments so far: none are known."""

class _Cgroup:
    def enabled(self) -> bool:
        """Tell whether the account is put into a control group; the administrator's question is about the server."""
    def get_cgroup(self) -> str | Any | None:
        """Return the name of the account's control group, null for the administrator and without one."""
    def get_controllers(self) -> list[str]:
        """Return the controllers of the server, as [cgroup] controllers names them."""
    def get_limits(self) -> dict[str, Any]:
        """Return the limits of the account: the service cgroup without version and enabled; empty when there are none."""
    def get_usage(self, controller: str) -> ControllerUsage:
        """Return what the account uses of a controller: used, limit (null is none), free; empty without a control group.

        controller: cpu or cpuacct (seconds of the last 24 hours), memory (bytes) or pids (processes)
        The administrator gets the sum of all accounts that have a control group, without a limit.
        """

class _Common:
    def get_admin_email(self) -> str | Any:
        """Return the contact address of the account, several with commas between them."""
    def get_admin_username(self) -> str | Any:
        """Return the name of the account's administrator."""
    def get_base_path(self) -> str | Any:
        """Return the root of the account's files on the server, empty for the administrator."""
    def get_canonical_hostname(self) -> str | Any:
        """Return the host name of the server."""
    def get_disk_quota(self) -> DiskQuota:
        """Return the storage that the caller uses and may use, in KB: used, total; a total of 0 is no limit.

        The administrator's is the server's. A secondary user has no files here and the limit of the account.
        """
    def get_domain(self) -> str | Any:
        """Return the primary domain of the account."""
    def get_email(self) -> str | Any | None:
        """Return the caller's contact address: the account's, a secondary user's own, the administrator's, or null."""
    def get_ftp_server_name(self) -> str | Any:
        """Return the full host name of ftp,ftpserver."""
    def get_global_preferences(self) -> dict[str, Any]:
        """Return the preferences that the account sets for all of its users."""
    def get_ip6_address(self) -> list[str]:
        """Return the IPv6 addresses of the account, or of the server for the administrator."""
    def get_ip_address(self) -> list[str]:
        """Return the IPv4 addresses of the account: shared ones while it is name-based, else its own."""
    def get_kernel_version(self) -> str | Any:
        """Return type and release of the kernel; line breaks are part of it."""
    @deprecated("common:get-last-login is deprecated")
    def get_last_login(self) -> LastLogin:
        """Return what auth:get-last-login returns."""
    def get_listening_ip_addr(self) -> str | Any:
        """Return the IPv4 address on which the caller is served: the account's last, else the server's."""
    def get_load(self) -> dict[int, str]:
        """Return the load averages of 1, 5 and 15 minutes, keyed by the minutes, as text such as "0.05"."""
    @deprecated("common:get-login-history is deprecated")
    def get_login_history(self, limit: Any = None) -> list[Login]:
        """Return what auth:get-login-history returns."""
    def get_mail_server_name(self) -> str | Any:
        """Return the full host name of mail,mailserver."""
    @deprecated("common:get-mysql-version is deprecated")
    def get_mysql_version(self) -> int | Any:
        """Return the version of MySQL as major * 10000 + minor * 100 + patch."""
    def get_operating_system(self) -> str | Any:
        """Return the name of the server's operating system."""
    @deprecated("common:get-php-version is deprecated")
    def get_php_version(self) -> str | Any:
        """Return the version of PHP as text."""
    @deprecated("common:get-postgresql-version is deprecated")
    def get_postgresql_version(self) -> int | Any:
        """Return the version of PostgreSQL as major * 10000 + minor * 100 + patch."""
    def get_service_value(self, mSrvcType: str, mSrvcName: str | None = None, default: Any = None) -> Any:
        """Return a parameter of a service of the account, or a whole service.

        mSrvcType: the service, such as aliases
        mSrvcName: the parameter; null for the service as a map
        default: what to answer for a service or parameter that does not exist
        """
    def get_services(self) -> dict[str, dict[str, Any]]:
        """Return all services of the account with their parameters; empty for the administrator."""
    def get_timezone(self, zone: Any) -> str | Any:
        """Return the caller's time zone: the preferred one, else the server's.

        zone: asked for by the panel and not used
        """
    def get_uptime(self, mPrettyPrint: bool = True) -> Any:
        """Return how long the server has been up.

        mPrettyPrint: text such as "25 days 10 mins", without seconds and empty below a minute; else seconds
        """
    def get_user_preferences(self, user: str) -> dict[str, Any]:
        """Return the preferences of a user of the account.

        user: its name; a secondary user may only name itself
        """
    @deprecated("common:get-web-server-ip-addr is deprecated")
    def get_web_server_ip_addr(self) -> str | Any:
        """Return what common:get-listening-ip-addr returns."""
    def get_web_server_name(self) -> str | Any:
        """Return the full host name of apache,webserver."""
    def load_preferences(self) -> dict[str, Any]:
        """Return the caller's preferences, overlaid by those that the account sets for all of its users."""
    def lock_global_preferences(self, key: str) -> bool:
        """Keep a preference of the account from being changed."""
    def purge_preferences(self) -> bool:
        """Forget the caller's preferences; only while [core] debug is on."""
    def save_preferences(self, prefs: _List | _Map) -> bool:
        """Replace the caller's preferences.

        prefs: the complete map; what it leaves out is forgotten
        """
    def service_enabled(self, mSrvcType: str) -> bool:
        """Tell whether a service is switched on for the account."""
    def service_exists(self, mSrvcType: str) -> bool:
        """Tell whether the account knows a service, switched on or off."""
    def set_email(self, email: str) -> bool:
        """Set the caller's contact address, as get-email reads it; the former address of an account is told."""
    def set_global_preferences(self, pref: Any, key: str | None = None) -> bool:
        """Set preferences for all users of the account; null takes one back.

        pref: a map of preferences; with a key the value of that one
        key: name of the one preference
        """
    def set_timezone(self, zone: str) -> bool:
        """Set the caller's time zone; the administrator's is the server's.

        zone: a name of the time zone database, such as Europe/Berlin
        """
    def set_user_preferences(self, user: str, prefs: _List | _Map) -> bool:
        """Replace the preferences of a user of the account."""
    def unlock_global_preferences(self, key: str) -> bool:
        """Let a preference of the account be changed again."""
    def whoami(self) -> str | Any:
        """Return the name of the user who is calling."""

class _Config:
    def get(self, name: str, *val: Any) -> Any:
        """Return the value of a scope.

        name: group.task, as scope:list names it
        val: section and key for cp.config, a name for a scope that holds a map; all of it when left out
        """
    def info(self, name: str) -> ScopeInfo | None:
        """Describe a scope: info, value, settings (what it may be) and default; null when there is none.

        name: group.task, as scope:list names it
        """
    def list(self, filter: str | None = None) -> list[str]:
        """Return the names of all scopes, sorted.

        filter: a glob such as "cp.*"
        """
    def set(self, name: str, *val: Any) -> bool:
        """Set a scope; the present value once more changes nothing.

        name: group.task, as scope:list names it
        val: the value, in the form that scope:info tells; section, key and value for cp.config
        """

class _Diskquota:
    def project_create(self, name: str) -> bool:
        """Make a quota project without limits; accounts join it by diskquota,group.

        name: a letter and up to 31 letters, digits, `_' or `-', not taken
        """
    def project_get(self, name: str) -> QuotaProject:
        """Return a quota project: name, blocks (KB), inodes, and sites, the accounts that share it."""
    def project_set(self, name: str, blocks: int, inodes: int) -> bool:
        """Limit a quota project.

        blocks: storage in KB; inodes: files; 0 is no limit
        """

class _Dns:
    def add_record(self, zone: str, subdomain: str, rr: str, param: str, ttl: int = 43200) -> bool:
        """Add a record to a zone of the account.

        zone: the primary domain or an alias; subdomain: name relative to it, empty for the zone itself
        rr: A, AAAA, A6, CAA, CNAME, DNAME, HINFO, MX, NAPTR, NS, SOA, SRV or TXT; param: such as `10 mail.example.com`
        ttl: seconds
        """
    def add_record_conditionally(self, zone: str, subdomain: str, rr: str, param: str, ttl: int = 43200) -> bool:
        """Add a record unless it is there already; without dns or a zone nothing happens, and a message says so.

        Arguments are those of dns:add-record.
        """
    def add_zone(self, domain: str, ip: str) -> bool:
        """Add a zone for a domain that no account has, or give the domain of an account its zone back.

        ip: address of the domain and its ``www.``; the zone of an account's domain has that account's addresses
        A zone that exists brings a warning.
        """
    def configured(self) -> bool:
        """Tell whether dns has a provider: that of the account, or for the administrator of the panel."""
    def domain_hosted(self, domain: str, ignore_on_account: bool = False) -> bool:
        """Tell whether any account of the panel has a domain.

        ignore_on_account: do not count those of the caller's account
        """
    def domain_on_account(self, domain: str) -> bool:
        """Tell whether a domain is of the account: its primary domain or an alias."""
    def export(self, zone: str | None = None) -> str | Any:
        """Return a zone in the form of a zone file, one record a line.

        zone: the account's primary domain when left out
        """
    def get_all_domains(self) -> list[str]:
        """Return all domains of all accounts, primary domains and aliases alike, in order."""
    def get_default(self, key: str) -> Any:
        """Return a default of records.

        key: ttl, in seconds
        """
    def get_hosting_nameservers(self, domain: str | None = None) -> list[str]:
        """Return the name servers of hosted zones: [dns] hosting_ns, else the server itself.

        domain: taken as the panel takes it; all domains have the same servers
        """
    def get_parent_domain(self, domain: str) -> Any:
        """Return the primary domain of the account that has a domain, false for a domain of nobody."""
    def get_provider(self) -> str | Any:
        """Return the name of the account's provider, or for the administrator of the panel's; `null` for none."""
    def get_public_ip(self) -> Any:
        """Return the IPv4 address that zones of the account name, a list where there are several; null for none."""
    def get_public_ip6(self) -> Any:
        """Return the IPv6 address that zones of the account name, a list where there are several; null for none."""
    def get_records(self, subdomain: str = '', rr: str = 'any', domain: str | None = None) -> list[DnsRecord]:
        """Return the records of a name; empty where there is no zone.

        subdomain: name relative to the domain, empty for the domain itself; rr: a type, or any
        domain: the account's primary domain when left out; the administrator must name one
        """
    def get_records_by_rr(self, rr: str, zone: str | None = None) -> list[DnsRecord] | None:
        """Return the records of a type in a whole zone; null where there is no zone.

        The two arguments may come in either order.
        zone: the account's primary domain when left out; the administrator must name one
        """
    def get_server_from_domain(self, domain: str, all: bool = False) -> Any:
        """Return the name of the server that hosts a domain, which can only be this one; false for a domain of nobody.

        all: return a list of every server that does
        """
    def get_zone_information(self, domain: str | None = None) -> dict[str, list[DnsRecord]]:
        """Return all records of a zone by type; null where there is no zone.

        domain: the account's primary domain when left out
        """
    def ip_allocated(self, ip: str) -> bool:
        """Tell whether an address is given to an account, for itself or shared."""
    def modify_record(self, zone: str, subdomain: str, rr: str, parameter: str, newdata: _Map) -> bool:
        """Change a record of a zone of the account.

        newdata: name, rr, ttl (seconds) and parameter, of which those that are left out stay
        """
    def permitted_records(self) -> list[str]:
        """Return the types of records that may be added."""
    def providers(self) -> list[str]:
        """Return the names that dns,provider takes."""
    def provisioning_records(self, zone: str) -> list[DnsRecord]:
        """Return the records with which a zone of the account begins: its web, FTP and mail servers.

        zone: any domain; it need not be the account's yet
        """
    def record_exists(self, zone: str, subdomain: str, rr: str = 'ANY', parameter: str | None = None) -> bool:
        """Tell whether a zone has a record.

        subdomain: name relative to the zone; rr: a type, or ANY; parameter: any when left out
        """
    @deprecated("dns:release-ip is deprecated")
    def release_ip(self, ip: str) -> bool:
        """Let an address go; one that an account uses is refused, and one that nobody uses is free as it is."""
    def remove_record(self, zone: str, subdomain: str, rr: str, param: str | None = None) -> bool:
        """Remove a record from a zone of the account.

        param: of the one record; without it every record of the name and type is removed
        """
    def remove_zone(self, domain: str) -> bool:
        """Remove a zone with all its records; that of an account's domain comes back with dns:add-zone."""
    def update(self, hostname: str, ip: str | None = None) -> Any:
        """Let a host name point to an address, as scripts for changing addresses do, and return the address.

        hostname: a name below a domain of the account; ip: IPv4 or IPv6 address, the caller's own when left out
        """
    def uuid(self) -> str | Any | None:
        """Return the mark by which the zones of this server are told apart ([dns] uuid), null for none."""
    def uuid_name(self) -> str | Any:
        """Return the name of the record that holds the mark of dns:uuid."""
    def zone_exists(self, zone: str) -> bool:
        """Tell whether a domain has a zone; an account asks for its own domains."""

class _Letsencrypt:
    def append(self, cnames: Any, verifyip: bool = True) -> bool:
        """Get a certificate for the hosts of the present one and further ones.

        cnames: a host, or a list of them; verifyip: skip hosts whose records name another address
        """
    def bootstrap(self) -> bool:
        """Get the first certificate of the account, for its domains and their ``www.``; one that is there stays."""
    def challenges(self, hosts: Any) -> dict[str, list[AcmeChallenge]]:
        """Return the challenges of hosts by host; letsencrypt:solve solves them, and a request takes the hosts then.

        hosts: a host, or a list of them; a wildcard has dns-01 alone
        """
    def exists(self) -> bool:
        """Tell whether the installed certificate is one of Let's Encrypt."""
    def permitted(self) -> bool:
        """Tell whether the account may have certificates of Let's Encrypt: ssl is on for it."""
    def renew(self, verifyip: bool = True) -> bool:
        """Get a new certificate for the hosts of the present one; that of a suspended account is not renewed.

        verifyip: skip hosts whose records name another address
        """
    def request(self, cnames: Any, verifyip: bool = True, strict: bool = False) -> bool:
        """Get a certificate for hosts and install it in place of the present one; for the administrator that of the panel.

        cnames: a host, or a list of them; verifyip: skip hosts whose records name another address
        strict: refuse as soon as one host is skipped
        """
    def revoke(self) -> bool:
        """Revoke the certificate and remove it."""
    def solve(self, pairs: _Map) -> bool:
        """Solve the challenges of hosts.

        pairs: host to mechanism, dns or http
        """
    def supported(self) -> bool:
        """Tell whether the panel gets certificates at all; this one always does."""
    def use_mechanism(self, domain: str, mechanism: str | None) -> bool:
        """Let a host be proved by one mechanism.

        domain: a host of the account; mechanism: dns or http, null for whichever suits
        """

class _Misc:
    def command_info(self, filter: str = '') -> dict[str, Any]:
        """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

        filter: a glob as in misc:list-commands, or one command
        """
    def cp_version(self, field: str = '') -> Any:
        """Return the version of the panel: version, ver_maj, ver_min, ver_patch and more, or one of these.

        field: the one to return; empty for the map
        """
    def flush_cp_version(self) -> bool:
        """Forget the version that misc:cp-version keeps in memory."""
    def i(self, filter: str = '') -> dict[str, Any]:
        """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

        filter: a glob as in misc:list-commands, or one command
        """
    def info(self, filter: str = '') -> dict[str, Any]:
        """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

        filter: a glob as in misc:list-commands, or one command
        """
    def l(self, filter: str = '') -> dict[str, list[str]]:
        """Return the methods that the caller may call: module to list of names.

        filter: a glob on module:method or module_method, such as "admin:*" or "*pass*"
        """
    def list_commands(self, filter: str = '') -> dict[str, list[str]]:
        """Return the methods that the caller may call: module to list of names.

        filter: a glob on module:method or module_method, such as "admin:*" or "*pass*"
        """
    def platform_version(self) -> str | Any:
        """Return the generation of the platform, such as "9.0"."""

class _Rampart:
    def ban(self, ip: str, jail: str) -> bool:
        """Ban an address or a range.

        ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
        jail: a name of rampart:get-jails; how long the ban lasts is the jail's
        """
    def banned_services(self, ip: str | None = None) -> list[str]:
        """Return the chains that ban an address, such as f2b-sshd; empty when it is free.

        ip: IPv4 or IPv6 address; the caller's own when left out
        """
    def blacklist(self, ip: str, mode: str = 'add') -> bool:
        """Keep an address or range out for good, or take it out of the blacklist.

        ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
        mode: add or remove
        """
    def get_jails(self) -> list[str]:
        """Return the names of all jails, without their prefix."""
    def get_reason(self, ip: str | None = None, jail: str | None = None) -> str | Any | None:
        """Return the log lines behind a ban; null for an address that is free, and while [rampart] show_reason is off.

        ip: IPv4 or IPv6 address; the caller's own when left out
        jail: one jail, without its prefix; any when left out
        """
    def is_banned(self, ip: str | None = None, jail: str | None = None) -> bool:
        """Tell whether an address is banned.

        ip: IPv4 or IPv6 address; the caller's own when left out, and the only one a site may ask about
        jail: one jail, without its prefix; any when left out
        """
    def temp(self, ip: str | None = None, duration: int = 7200) -> bool:
        """Let an address through for a while.

        ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out, and the only one a
            site may name
        duration: seconds; of an account at most a day
        """
    def unban(self, ip: str | None = None, jail: str | None = None) -> bool:
        """Lift the ban on an address; a site that frees itself is spared for [rampart] speculative_whitelisting seconds.

        ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out
        jail: one jail, or every jail when left out; a name that is no jail brings a warning, never an error
        """
    def whitelist(self, ip: str | None = None, mode: str = 'add') -> bool:
        """Let an address through for good, or take it out again.

        ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out
        mode: add or remove
        An account needs rampart,enabled and room within rampart,max; its entries stand in rampart,whitelist.
        """

class _Scope:
    def get(self, name: str, *val: Any) -> Any:
        """Return the value of a scope.

        name: group.task, as scope:list names it
        val: section and key for cp.config, a name for a scope that holds a map; all of it when left out
        """
    def info(self, name: str) -> ScopeInfo | None:
        """Describe a scope: info, value, settings (what it may be) and default; null when there is none.

        name: group.task, as scope:list names it
        """
    def list(self, filter: str | None = None) -> list[str]:
        """Return the names of all scopes, sorted.

        filter: a glob such as "cp.*"
        """
    def set(self, name: str, *val: Any) -> bool:
        """Set a scope; the present value once more changes nothing.

        name: group.task, as scope:list names it
        val: the value, in the form that scope:info tells; section, key and value for cp.config
        """

class _Site:
    def amnesty_active(self) -> bool:
        """Tell whether a storage amnesty is running."""
    def get_account_quota(self) -> AccountQuota:
        """Return what the account uses and may use: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit.

        In a quota project `dynamic` is true: the project may limit the account further.
        """
    def get_admin_email(self) -> str | Any:
        """Return the contact address of the account, several with commas between them."""
    def get_bandwidth_rollover(self) -> int | Any:
        """Return when the bandwidth counter starts anew, as Unix time."""
    def get_bandwidth_usage(self, type: str | None = None) -> BandwidthUsage:
        """Return the transfer since the cycle began, in bytes: used and total, -1 without a limit.

        type: not offered by the panel any more; naming one is an error
        """
    def get_port_range(self) -> list[int]:
        """Return first and last port for daemons of the account; empty without ssh, [ssh] user_daemons or a block."""
    @deprecated("site:get-user-count is deprecated")
    def get_user_count(self) -> UserCount:
        """Return how many users the account has, its administrator included, and may have: users, max (null: no limit)."""
    @deprecated("site:get-users is deprecated")
    def get_users(self) -> dict[str, UserEntry]:
        """Return the users of the account by name, sorted: uid, gid, gecos, home, shell."""
    def hijack(self, user: str) -> str | Any:
        """Open a session as a user of the account and return its id; the caller's own stays valid.

        user: its name; the caller's own name gives the present session, an unknown one an error and the present session
        """
    def ip_address(self) -> str | Any | None:
        """Return the account's IPv4 address, the last one where there are several; null when it has none."""
    def set_admin_email(self, email: str) -> bool:
        """Set the contact address of the account; the former address is told."""
    @deprecated("site:split-hostname is deprecated")
    def split_hostname(self, hostname: str) -> HostParts:
        """Return the subdomain and the domain of a host name; a name that is not of the account is a domain in full."""
    def storage_amnesty(self) -> bool:
        """Multiply the account's storage quota by [quota] storage_boost for storage_duration seconds.

        Granted once per storage_wait seconds.
        """
    def user_service_enabled(self, user: str, service: str) -> bool:
        """Tell whether a user of the account may use a service: ftp, imap, smtp, ssh, dav, cp, crontab, vacation."""

class _Ssl:
    def cert_exists(self) -> bool:
        """Tell whether a certificate is installed."""
    def delete(self, key: str, crt: str, chain: str | None = None) -> bool:
        """Remove the installed certificate.

        key, crt, chain: the names of its files as ssl:get-certificates tells them; chain may be left out
        """
    def enabled(self) -> bool:
        """Tell whether ssl is on for the account."""
    def generate_csr(self, privkey: str, host: str, country: str = '', state: str = '', locality: str = '', org: str = '', orgunit: str = '', email: str = '', san: _List = ...) -> str | Any:
        """Return a request for a certificate in PEM.

        privkey: in PEM; host: the common name; country: two letters; san: further hosts
        """
    def generate_privatekey(self, bits: int = 2048) -> str | Any:
        """Return a new RSA key in PEM.

        bits: 1024 to 8192
        """
    def get_alternative_names(self, certificate: str) -> list[str] | None:
        """Return the hosts that a certificate names beside its subject, null for none."""
    def get_certificate(self, name: str = 'server.crt') -> str | Any:
        """Return an installed certificate in PEM; that of the panel for the administrator.

        name: server.crt, or bundle.crt for the chain
        """
    def get_certificates(self) -> list[InstalledCertificate]:
        """Return the installed certificates, of which an account has one at most: crt, key, chain, host.

        crt, key, chain: names of files; chain is null without one; host: the address that serves it
        """
    def get_csr(self, name: str) -> str | Any:
        """Return the request of a certificate that letsencrypt:request got, in PEM.

        name: server.csr
        """
    def get_private_key(self, name: str = 'server.key') -> str | Any:
        """Return the private key of the installed certificate in PEM; that of the panel for the administrator."""
    def get_public_key(self, name: str) -> KeyInfo:
        """Return the public key of the installed certificate: bits, key (in PEM), type (0 RSA, 3 elliptic curve).

        name: server.key
        """
    def install(self, key: str, cert: str, chain: str | None = None) -> bool:
        """Install a certificate in place of the present one; the account needs ssl,enabled.

        key: its private key, without a passphrase; cert: the certificate; chain: those above it, the nearest first; all in PEM
        """
    def is_self_signed(self, crt: str) -> bool:
        """Tell whether a certificate was signed with its own key."""
    def key_exists(self, key: str = 'server.key') -> bool:
        """Tell whether there is a private key in a file; that of the panel for the administrator."""
    def parse_certificate(self, crt: str) -> dict[str, Any]:
        """Return a certificate as PHP's openssl_x509_parse does: subject, issuer, serial number, validity, extensions."""
    def permitted(self) -> bool:
        """Tell whether accounts of this panel may have certificates; they may."""
    def privkey_info(self, privkey: str) -> KeyInfo:
        """Return size, public key and kind of a private key: bits, key (in PEM), type (0 RSA, 3 elliptic curve)."""
    def request_info(self, csr: str) -> dict[str, Any]:
        """Return the fields of a request by their short names (CN, C, ST ...), and its hosts as subjectAltName."""
    def sign_certificate(self, csr: str, privkey: str, days: int = 365, serial: float | None = None) -> str | Any:
        """Sign a request with its own key and return the self-signed certificate in PEM.

        days: how long it is valid; serial: its serial number, a random one when left out
        """
    def valid(self, cert: str, pkey: str) -> bool:
        """Tell whether a certificate and a private key can be read and belong together."""
    def verify_certificate_chain(self, cert1: str, cert2: str) -> int | Any:
        """Return 1 where the second certificate issued the first, -1 the other way round, 0 where neither did."""
    def verify_key(self, key: str) -> bool:
        """Tell whether a text is a private key in PEM without a passphrase."""
    def verify_x509_key(self, crt: str, privkey: str) -> bool:
        """Tell whether a certificate is of a private key."""

class _Web:
    def add_subdomain(self, subdomain: str, docroot: str) -> bool:
        """Add a subdomain; its DNS records come with it.

        subdomain: such as shop.example.com, or shop for one below every domain of the account, or *.example.com
        docroot: a folder below /var/www or /home; without a slash in front it is below /var/www
        """
    def domain_exists(self, domain: str) -> bool:
        """Tell whether a domain is of the account: its primary domain or an alias."""
    def domain_info(self, domain: str) -> ServedHost:
        """Return document root, state, owner and type of a domain: path, active, user, type."""
    def get_all_hostnames_from_path(self, docroot: str) -> list[str]:
        """Return all host names that a document root serves, domains first."""
    def get_docroot(self, hostname: str, path: str = '') -> str | Any:
        """Return the folder that serves a host name.

        hostname: a domain or subdomain of the account, with or without ``www.``; path: a folder below its document root
        """
    def get_hostname_from_docroot(self, docroot: str) -> str | Any | None:
        """Return the host name that a document root serves, the first where there are several; null for none."""
    def is_subdomain(self, hostname: str) -> bool:
        """Tell whether a host name is below a domain of the account and not one itself; it need not be served."""
    def list_domains(self) -> dict[str, str]:
        """Return the domains of the account with their document roots, the primary domain first."""
    def list_subdomains(self, filter: str = '', domains: Any = ...) -> dict[str, str]:
        """Return the subdomains by name, with their document roots.

        filter: local (below one domain), global (below every domain), path (those that `domains` names by document root),
            active, inactive; all of them when left out
        domains: a domain or a list of them; with the filter path a document root or a list of these
        """
    def normalize_hostname(self, host: str) -> str | Any:
        """Return a host name in full: lower case, without ``www.``, a single label below the primary domain."""
    def normalize_path(self, hostname: str, path: str = '') -> str | Any | None:
        """Return the folder that serves a path of a host name, null for a host that the account does not serve."""
    def purge(self) -> Any:
        """Empty the cache of the web server; here nothing is cached, so an info is all that comes of it."""
    def remove_subdomain(self, subdomain: str) -> bool:
        """Remove a subdomain and its DNS records; an unknown one brings a warning."""
    def rename_subdomain(self, subdomain: str, newsubdomain: str | None = None, newpath: str | None = None) -> bool:
        """Give a subdomain another name, another document root, or both.

        newsubdomain, newpath: null leaves it as it is
        """
    def split_host(self, host: str) -> HostParts:
        """Return the subdomain and the domain of a host name; a name that is not of the account is a domain in full."""
    def subdomain_accessible(self, subdomain: str) -> bool:
        """Tell whether the web server serves a subdomain; those of a suspended account are not served."""
    def subdomain_exists(self, subdomain: str) -> bool:
        """Tell whether the account has a subdomain."""
    def subdomain_info(self, subdomain: str) -> ServedHost:
        """Return document root, state, owner and type of a subdomain: path, active, user, type."""

class Methods:
    @property
    def admin(self) -> _Admin: ...
    @property
    def auth(self) -> _Auth: ...
    @property
    def bandwidth(self) -> _Bandwidth: ...
    @property
    def billing(self) -> _Billing: ...
    @property
    def cgroup(self) -> _Cgroup: ...
    @property
    def common(self) -> _Common: ...
    @property
    def config(self) -> _Config: ...
    @property
    def diskquota(self) -> _Diskquota: ...
    @property
    def dns(self) -> _Dns: ...
    @property
    def letsencrypt(self) -> _Letsencrypt: ...
    @property
    def misc(self) -> _Misc: ...
    @property
    def rampart(self) -> _Rampart: ...
    @property
    def scope(self) -> _Scope: ...
    @property
    def site(self) -> _Site: ...
    @property
    def ssl(self) -> _Ssl: ...
    @property
    def web(self) -> _Web: ...
    def admin_activate_site(self, site: str) -> bool:
        """Lift the suspension of accounts: one, or all that hold an invoice.

        site: site id, domain, alias or invoice
        """
    def admin_add_site(self, domain: str, admin: str, opts: _List | _Map = ..., flags: _List | _Map = ...) -> bool:
        """Create an account.

        domain: primary domain, free on this server
        admin: name of the account's administrator, free among administrators
        opts: values as "service.parameter", "service,parameter" or nested; siteinfo.plan names the plan
        flags: plan, force, bootstrap, notify; derive-admin makes an administrator from the domain where admin is empty
        """
    def admin_collect(self, params: _List | _Map | None = ..., query: _List | _Map | None = None, sites: _List | _Map | None = ...) -> dict[str, CollectRow]:
        """Return values of services over accounts, one row each with `active` and `domain`.

        params: "service.param" or "service"; empty for email, admin_user, aliases, invoice and parent_invoice; null for all
        query: map of what must match, such as [billing.invoice:ABC-1] or [active:false]
        sites: site ids, domains, aliases or invoices to look at; a row's key is the identifier as passed, else siteN
        """
    def admin_deactivate_site(self, site: str, flags: _List | _Map = ...) -> bool:
        """Suspend accounts: one, or all that hold an invoice.

        site: site id, domain, alias or invoice
        flags: reason (lines that start with # or ; stay hidden from the customer), template
        """
    def admin_delete_site(self, site: str | None, flags: _List | _Map = ...) -> bool:
        """Delete accounts: one, all that hold an invoice, or all that were suspended long enough.

        site: site id, domain, alias or invoice; null together with since for all suspended accounts
        flags: since (a time expression), match (a regular expression for the reason of suspension), force, dry-run
        """
    def admin_edit_site(self, site: str, opts: _List | _Map = ..., flags: _List | _Map = ...) -> bool:
        """Change accounts: one, or all that hold an invoice.

        site: site id, domain, alias or invoice; with the flag all it does not count
        opts: values as in add-site; siteinfo.plan changes the plan
        flags: plan, reset, dry-run, backup, force, reconfig (rebuild is the same), all
        """
    def admin_get_address_from_domain(self, domain: str) -> Any:
        """Return the contact address of the account that holds a domain, false when none does."""
    def admin_get_domains(self) -> dict[int, str]:
        """Return all accounts as a map of site id (a number) to primary domain, ordered by domain."""
    def admin_get_email(self) -> str | Any | None:
        """Return the administrator's contact address, null while none is set."""
    def admin_get_meta_from_domain(self, domain: str, service: str, class_: str | None = None, /) -> Any:
        """Return one parameter of the account that holds a domain, or a whole service.

        class: the parameter; null for the service
        """
    def admin_get_plan(self, name: str) -> dict[str, dict[str, Any]]:
        """Return the settings of a plan, merged with its bases: service to parameter to value."""
    def admin_get_site_id_from_domain(self, domain: str) -> int | Any | None:
        """Return the number of the account that holds a domain, primary or alias; null when none does."""
    def admin_get_storage(self) -> StorageRow:
        """Return the space of the server's file system: qused, qsoft, qhard in KB, fused, fsoft, fhard in files."""
    def admin_get_usage(self, field: str = 'storage', sites: _List = ...) -> dict[str, UsageRow]:
        """Return what accounts use, keyed siteN, a row for every account.

        field: storage (KB and inodes: qused, qsoft, qhard, fused, fsoft, fhard), bandwidth (bytes: sum, threshold, begin,
            rollover) or cgroup (figures of 24 hours)
        sites: site ids, domains, aliases or invoices; all when empty
        """
    def admin_hijack(self, site: str, user: str | None = None, gate: str | None = None) -> str | Any | None:
        """Open a session as a user of an account and return its id; the caller's own stays valid.

        site: site id, domain or alias; the server's own host name, or localhost, for a session of the administrator
        user: null for the account's administrator
        gate: UI, SOAP, DAV or CLI; SOAP, the gate of this call, when null
        """
    def admin_list_plans(self) -> list[str]:
        """Return the names of all plans."""
    def admin_set_email(self, email: str) -> bool:
        """Set the administrator's contact address."""
    def auth_change_cpassword(self, cpassword: str, user: str | None = None, domain: str | None = None) -> bool:
        """Change a password to one that is hashed already.

        cpassword: a crypt(3) hash of SHA-512 or SHA-256; user, domain: as in change-password
        """
    def auth_change_domain(self, domain: str) -> bool:
        """Give the account another primary domain; names of its servers follow and a mail tells of it.

        domain: free on this server, no alias and no subdomain of the account
        """
    def auth_change_password(self, password: str, user: str | None = None, domain: str | None = None) -> bool:
        """Change a password; the user's other sessions end and a mail tells of it.

        user: null for the caller; a site's administrator may name its users, the panel's administrator any; where no
            administrator of the panel has the name and there is no domain, it becomes a further one
        domain: for the panel's administrator: the account of the user, whose administrator is meant when user is null
        """
    def auth_change_username(self, user: str) -> bool:
        """Rename the administrator who is calling; keys and sessions come along.

        user: free among administrators and in this account
        """
    def auth_create_api_key(self, comment: str = '', user: str | None = None) -> str | Any:
        """Make an API key of 64 hexadecimal characters; a user may have 10.

        comment: cut after 255 characters; user: for a site's administrator: the user whose key it is, null for the caller
        """
    def auth_crypt(self, password: str, salt: str | None = None) -> str | Any:
        """Return the SHA-512 crypt of a password, 5,000 rounds.

        salt: up to 16 letters, digits, dots and slashes, with or without ``$6$`` before them; random when null
        """
    def auth_delete_api_key(self, key: str, user: str | None = None) -> bool:
        """Delete an API key; the sessions that it opened end. False for a user without any key.

        key: dashes and case do not count; user: as in get-api-keys
        """
    def auth_deny_user(self, user: str, svc: str = 'cp') -> bool:
        """Keep a user out of a service; for the account's administrator.

        svc: cp (the panel) or dav
        """
    def auth_disable_totp(self) -> bool:
        """Give the second factor up; needs a session opened with it, or its code in X-Extended-Auth."""
    def auth_enable_totp(self, secret: str, code: str) -> bool:
        """Ask for a second factor at the caller's sign-ins from now on.

        secret: from totp-code; code: what a device shows for it now
        """
    def auth_get_api_keys(self, user: str | None = None) -> list[ApiKey]:
        """Return a user's API keys as key, last_used (Unix time or null) and comment.

        user: for a site's administrator: one of its users; null for the caller
        """
    def auth_get_ip_restrictions(self, gate: str | None = None) -> dict[str, list[str]]:
        """Return the addresses from which the caller may sign in, each with its gates, none named for all.

        gate: only what opens this gate
        """
    def auth_get_last_login(self) -> LastLogin:
        """Return the caller's last login before this one as ip and ts (Unix time); empty when there was none."""
    def auth_get_login_history(self, limit: Any = None) -> list[Login]:
        """Return the caller's logins before this one, newest first, as ip and ts (Unix time).

        limit: a number below 100; anything else means 10
        """
    def auth_inactive_reason(self, site: str | None = None) -> str | Any | None:
        """Return why the account is suspended, without hidden lines; null while it is active.

        site: for the administrator: the account to ask about
        """
    def auth_is_demo(self) -> bool:
        """Tell whether this is the demonstration account, the one whose invoice is [billing] demo_invoice."""
    def auth_is_inactive(self) -> bool:
        """Tell whether the caller's account is suspended; the administrator never is."""
    def auth_password_permitted(self, password: str, user: str | None = None) -> bool:
        """Tell whether a password is strong enough; a warning says what it lacks.

        user: name that it must not contain; the caller's when null
        """
    def auth_permit_user(self, user: str, svc: str = 'cp') -> bool:
        """Let a user sign in to a service again; for the account's administrator.

        svc: cp (the panel) or dav
        """
    def auth_remove_ip_restriction(self, ip: str, gate: str | None = None) -> bool:
        """Take an address from the list of restrict-ip.

        gate: null for every gate it is listed for
        """
    def auth_reset_password(self, user: str | None = None, site: str | None = None) -> str | Any | None:
        """Give a user a random password, mail it to the address on record and return it.

        user: null for the caller, or for the administrator of `site`
        site: for the panel's administrator: the account of the user
        """
    def auth_restrict_ip(self, ip: str, gate: str | None = None) -> bool:
        """Let the caller sign in only from listed addresses, and list one.

        ip: an address or a range such as 192.0.2.0/24; gate: UI, SOAP or DAV, null for all
        """
    def auth_session_info(self) -> SessionInfo:
        """Return who is calling: id, username, domain (empty for the administrator), site, site_id, level, gate ..."""
    def auth_set_api_key_comment(self, key: str, comment: str | None = None, user: str | None = None) -> bool:
        """Change the comment of an API key; false when nothing changed.

        key: dashes and case do not count; user: as in get-api-keys
        """
    def auth_set_extended_auth_flag(self, session_id: str) -> bool:
        """Give a session extended authentication, as if it had been opened with a second factor.

        An administrator who has a second factor must have used it.
        """
    def auth_set_temp_password(self, site: str, limit: int = 120, password: str | None = None) -> str | Any:
        """Give a user a password for a while and return it; the former one comes back by itself.

        site: site id or domain for its administrator, user@domain for another user
        limit: seconds; a second call while one holds changes the password and not its end
        password: a random one when null
        """
    def auth_totp_code(self) -> str | Any:
        """Return a new secret for a second factor, in Base32; totp-enable puts it to use."""
    def auth_totp_disable(self) -> bool:
        """Give the second factor up; needs a session opened with it, or its code in X-Extended-Auth."""
    def auth_totp_enable(self, secret: str, code: str) -> bool:
        """Ask for a second factor at the caller's sign-ins from now on.

        secret: from totp-code; code: what a device shows for it now
        """
    def auth_user_enabled(self, user: str, svc: str = 'cp') -> bool:
        """Tell whether a user may sign in to a service, the same as user-permitted.

        svc: cp (the panel) or dav
        """
    def auth_user_permitted(self, user: str, svc: str = 'cp') -> bool:
        """Tell whether a user may sign in to a service.

        svc: cp (the panel) or dav
        """
    def bandwidth_amnesty(self, domain: str) -> bool:
        """Forgive an account what it transferred in the running cycle.

        domain: site id, domain or alias
        """
    def bandwidth_enabled(self) -> bool:
        """Tell whether the account's transfer is counted."""
    def bandwidth_get_all_composite_bandwidth_data(self, grouping: str = 'month') -> list[Transfer]:
        """Return the account's transfer over time, oldest first: begin and end (Unix times), in_bytes, out_bytes.

        grouping: month (by cycle) or day
        """
    def bandwidth_get_by_date(self, begin: int | None, end: int | None = None) -> list[ServiceTransfer]:
        """Return the account's transfer by service between two times: in and out (bytes), svc_name, ext_info (the domain).

        begin: Unix time; end: Unix time, now when left out; days that lie between them in part count in full
        """
    def bandwidth_get_cycle_periods(self) -> list[CyclePeriod]:
        """Return begin and end of the account's cycles as Unix times, oldest first; the last one is running."""
    def billing_configured(self) -> bool:
        """Tell whether a billing system is attached to the panel: none is."""
    def billing_get_billing_status(self, invoice: Any = '') -> int | Any:
        """Return what billing:get-status returns."""
    def billing_get_customer_since(self) -> int | Any:
        """Return when the account was made, as Unix time."""
    def billing_get_hosting_subscription(self) -> str | Any | None:
        """Return the account's own invoice, null without one."""
    def billing_get_invoice(self) -> str | Any | None:
        """Return the invoice of the account, else its parent's, else null; null for the administrator."""
    def billing_get_invoice_from_domain(self, domain: str) -> str | Any | None:
        """Return the invoice of the account that holds a domain, else its parent's; null when there is none."""
    def billing_get_next_payment(self) -> NextPayment:
        """Return the next payment: date -1 and amount 0, none is due."""
    def billing_get_package_by_invoice(self, invoice: str) -> str | Any | None:
        """Return the plan of the first account that holds an invoice, as its own or its parent's; null when none does."""
    def billing_get_package_type(self) -> str | Any | None:
        """Return the plan of the account."""
    def billing_get_payment_method(self) -> str | Any:
        """Return how the account is paid: "other", since no billing system is attached."""
    def billing_get_renewal_hash(self, invoice: Any = None) -> Any:
        """Return the token of a renewal: null, there is none."""
    def billing_get_renewal_link(self, invoice: Any = None) -> str | Any:
        """Return the address at which the account is renewed: empty, there is none."""
    def billing_get_status(self, invoice: Any = '') -> int | Any:
        """Return the status of the account's billing: 1, active."""
    def billing_is_billed(self) -> bool:
        """Tell whether the account has an invoice of its own."""
    def billing_list_payments(self) -> list[Any]:
        """Return the payments so far: none are known."""
    def cgroup_enabled(self) -> bool:
        """Tell whether the account is put into a control group; the administrator's question is about the server."""
    def cgroup_get_cgroup(self) -> str | Any | None:
        """Return the name of the account's control group, null for the administrator and without one."""
    def cgroup_get_controllers(self) -> list[str]:
        """Return the controllers of the server, as [cgroup] controllers names them."""
    def cgroup_get_limits(self) -> dict[str, Any]:
        """Return the limits of the account: the service cgroup without version and enabled; empty when there are none."""
    def cgroup_get_usage(self, controller: str) -> ControllerUsage:
        """Return what the account uses of a controller: used, limit (null is none), free; empty without a control group.

        controller: cpu or cpuacct (seconds of the last 24 hours), memory (bytes) or pids (processes)
        The administrator gets the sum of all accounts that have a control group, without a limit.
        """
    def common_get_admin_email(self) -> str | Any:
        """Return the contact address of the account, several with commas between them."""
    def common_get_admin_username(self) -> str | Any:
        """Return the name of the account's administrator."""
    def common_get_base_path(self) -> str | Any:
        """Return the root of the account's files on the server, empty for the administrator."""
    def common_get_canonical_hostname(self) -> str | Any:
        """Return the host name of the server."""
    def common_get_disk_quota(self) -> DiskQuota:
        """Return the storage that the caller uses and may use, in KB: used, total; a total of 0 is no limit.

        The administrator's is the server's. A secondary user has no files here and the limit of the account.
        """
    def common_get_domain(self) -> str | Any:
        """Return the primary domain of the account."""
    def common_get_email(self) -> str | Any | None:
        """Return the caller's contact address: the account's, a secondary user's own, the administrator's, or null."""
    def common_get_ftp_server_name(self) -> str | Any:
        """Return the full host name of ftp,ftpserver."""
    def common_get_global_preferences(self) -> dict[str, Any]:
        """Return the preferences that the account sets for all of its users."""
    def common_get_ip6_address(self) -> list[str]:
        """Return the IPv6 addresses of the account, or of the server for the administrator."""
    def common_get_ip_address(self) -> list[str]:
        """Return the IPv4 addresses of the account: shared ones while it is name-based, else its own."""
    def common_get_kernel_version(self) -> str | Any:
        """Return type and release of the kernel; line breaks are part of it."""
    @deprecated("common:get-last-login is deprecated")
    def common_get_last_login(self) -> LastLogin:
        """Return what auth:get-last-login returns."""
    def common_get_listening_ip_addr(self) -> str | Any:
        """Return the IPv4 address on which the caller is served: the account's last, else the server's."""
    def common_get_load(self) -> dict[int, str]:
        """Return the load averages of 1, 5 and 15 minutes, keyed by the minutes, as text such as "0.05"."""
    @deprecated("common:get-login-history is deprecated")
    def common_get_login_history(self, limit: Any = None) -> list[Login]:
        """Return what auth:get-login-history returns."""
    def common_get_mail_server_name(self) -> str | Any:
        """Return the full host name of mail,mailserver."""
    @deprecated("common:get-mysql-version is deprecated")
    def common_get_mysql_version(self) -> int | Any:
        """Return the version of MySQL as major * 10000 + minor * 100 + patch."""
    def common_get_operating_system(self) -> str | Any:
        """Return the name of the server's operating system."""
    @deprecated("common:get-php-version is deprecated")
    def common_get_php_version(self) -> str | Any:
        """Return the version of PHP as text."""
    @deprecated("common:get-postgresql-version is deprecated")
    def common_get_postgresql_version(self) -> int | Any:
        """Return the version of PostgreSQL as major * 10000 + minor * 100 + patch."""
    def common_get_service_value(self, mSrvcType: str, mSrvcName: str | None = None, default: Any = None) -> Any:
        """Return a parameter of a service of the account, or a whole service.

        mSrvcType: the service, such as aliases
        mSrvcName: the parameter; null for the service as a map
        default: what to answer for a service or parameter that does not exist
        """
    def common_get_services(self) -> dict[str, dict[str, Any]]:
        """Return all services of the account with their parameters; empty for the administrator."""
    def common_get_timezone(self, zone: Any) -> str | Any:
        """Return the caller's time zone: the preferred one, else the server's.

        zone: asked for by the panel and not used
        """
    def common_get_uptime(self, mPrettyPrint: bool = True) -> Any:
        """Return how long the server has been up.

        mPrettyPrint: text such as "25 days 10 mins", without seconds and empty below a minute; else seconds
        """
    def common_get_user_preferences(self, user: str) -> dict[str, Any]:
        """Return the preferences of a user of the account.

        user: its name; a secondary user may only name itself
        """
    @deprecated("common:get-web-server-ip-addr is deprecated")
    def common_get_web_server_ip_addr(self) -> str | Any:
        """Return what common:get-listening-ip-addr returns."""
    def common_get_web_server_name(self) -> str | Any:
        """Return the full host name of apache,webserver."""
    def common_load_preferences(self) -> dict[str, Any]:
        """Return the caller's preferences, overlaid by those that the account sets for all of its users."""
    def common_lock_global_preferences(self, key: str) -> bool:
        """Keep a preference of the account from being changed."""
    def common_purge_preferences(self) -> bool:
        """Forget the caller's preferences; only while [core] debug is on."""
    def common_save_preferences(self, prefs: _List | _Map) -> bool:
        """Replace the caller's preferences.

        prefs: the complete map; what it leaves out is forgotten
        """
    def common_service_enabled(self, mSrvcType: str) -> bool:
        """Tell whether a service is switched on for the account."""
    def common_service_exists(self, mSrvcType: str) -> bool:
        """Tell whether the account knows a service, switched on or off."""
    def common_set_email(self, email: str) -> bool:
        """Set the caller's contact address, as get-email reads it; the former address of an account is told."""
    def common_set_global_preferences(self, pref: Any, key: str | None = None) -> bool:
        """Set preferences for all users of the account; null takes one back.

        pref: a map of preferences; with a key the value of that one
        key: name of the one preference
        """
    def common_set_timezone(self, zone: str) -> bool:
        """Set the caller's time zone; the administrator's is the server's.

        zone: a name of the time zone database, such as Europe/Berlin
        """
    def common_set_user_preferences(self, user: str, prefs: _List | _Map) -> bool:
        """Replace the preferences of a user of the account."""
    def common_unlock_global_preferences(self, key: str) -> bool:
        """Let a preference of the account be changed again."""
    def common_whoami(self) -> str | Any:
        """Return the name of the user who is calling."""
    def config_get(self, name: str, *val: Any) -> Any:
        """Return the value of a scope.

        name: group.task, as scope:list names it
        val: section and key for cp.config, a name for a scope that holds a map; all of it when left out
        """
    def config_info(self, name: str) -> ScopeInfo | None:
        """Describe a scope: info, value, settings (what it may be) and default; null when there is none.

        name: group.task, as scope:list names it
        """
    def config_list(self, filter: str | None = None) -> list[str]:
        """Return the names of all scopes, sorted.

        filter: a glob such as "cp.*"
        """
    def config_set(self, name: str, *val: Any) -> bool:
        """Set a scope; the present value once more changes nothing.

        name: group.task, as scope:list names it
        val: the value, in the form that scope:info tells; section, key and value for cp.config
        """
    def diskquota_project_create(self, name: str) -> bool:
        """Make a quota project without limits; accounts join it by diskquota,group.

        name: a letter and up to 31 letters, digits, `_' or `-', not taken
        """
    def diskquota_project_get(self, name: str) -> QuotaProject:
        """Return a quota project: name, blocks (KB), inodes, and sites, the accounts that share it."""
    def diskquota_project_set(self, name: str, blocks: int, inodes: int) -> bool:
        """Limit a quota project.

        blocks: storage in KB; inodes: files; 0 is no limit
        """
    def dns_add_record(self, zone: str, subdomain: str, rr: str, param: str, ttl: int = 43200) -> bool:
        """Add a record to a zone of the account.

        zone: the primary domain or an alias; subdomain: name relative to it, empty for the zone itself
        rr: A, AAAA, A6, CAA, CNAME, DNAME, HINFO, MX, NAPTR, NS, SOA, SRV or TXT; param: such as `10 mail.example.com`
        ttl: seconds
        """
    def dns_add_record_conditionally(self, zone: str, subdomain: str, rr: str, param: str, ttl: int = 43200) -> bool:
        """Add a record unless it is there already; without dns or a zone nothing happens, and a message says so.

        Arguments are those of dns:add-record.
        """
    def dns_add_zone(self, domain: str, ip: str) -> bool:
        """Add a zone for a domain that no account has, or give the domain of an account its zone back.

        ip: address of the domain and its ``www.``; the zone of an account's domain has that account's addresses
        A zone that exists brings a warning.
        """
    def dns_configured(self) -> bool:
        """Tell whether dns has a provider: that of the account, or for the administrator of the panel."""
    def dns_domain_hosted(self, domain: str, ignore_on_account: bool = False) -> bool:
        """Tell whether any account of the panel has a domain.

        ignore_on_account: do not count those of the caller's account
        """
    def dns_domain_on_account(self, domain: str) -> bool:
        """Tell whether a domain is of the account: its primary domain or an alias."""
    def dns_export(self, zone: str | None = None) -> str | Any:
        """Return a zone in the form of a zone file, one record a line.

        zone: the account's primary domain when left out
        """
    def dns_get_all_domains(self) -> list[str]:
        """Return all domains of all accounts, primary domains and aliases alike, in order."""
    def dns_get_default(self, key: str) -> Any:
        """Return a default of records.

        key: ttl, in seconds
        """
    def dns_get_hosting_nameservers(self, domain: str | None = None) -> list[str]:
        """Return the name servers of hosted zones: [dns] hosting_ns, else the server itself.

        domain: taken as the panel takes it; all domains have the same servers
        """
    def dns_get_parent_domain(self, domain: str) -> Any:
        """Return the primary domain of the account that has a domain, false for a domain of nobody."""
    def dns_get_provider(self) -> str | Any:
        """Return the name of the account's provider, or for the administrator of the panel's; `null` for none."""
    def dns_get_public_ip(self) -> Any:
        """Return the IPv4 address that zones of the account name, a list where there are several; null for none."""
    def dns_get_public_ip6(self) -> Any:
        """Return the IPv6 address that zones of the account name, a list where there are several; null for none."""
    def dns_get_records(self, subdomain: str = '', rr: str = 'any', domain: str | None = None) -> list[DnsRecord]:
        """Return the records of a name; empty where there is no zone.

        subdomain: name relative to the domain, empty for the domain itself; rr: a type, or any
        domain: the account's primary domain when left out; the administrator must name one
        """
    def dns_get_records_by_rr(self, rr: str, zone: str | None = None) -> list[DnsRecord] | None:
        """Return the records of a type in a whole zone; null where there is no zone.

        The two arguments may come in either order.
        zone: the account's primary domain when left out; the administrator must name one
        """
    def dns_get_server_from_domain(self, domain: str, all: bool = False) -> Any:
        """Return the name of the server that hosts a domain, which can only be this one; false for a domain of nobody.

        all: return a list of every server that does
        """
    def dns_get_zone_information(self, domain: str | None = None) -> dict[str, list[DnsRecord]]:
        """Return all records of a zone by type; null where there is no zone.

        domain: the account's primary domain when left out
        """
    def dns_import(self, domain: str, axfr: str) -> bool:
        """Add the records of a zone file; those that are there already are passed over, and an info counts both.

        domain: the primary domain or an alias; axfr: a zone file, or what a zone transfer printed
        """
    def dns_ip_allocated(self, ip: str) -> bool:
        """Tell whether an address is given to an account, for itself or shared."""
    def dns_modify_record(self, zone: str, subdomain: str, rr: str, parameter: str, newdata: _Map) -> bool:
        """Change a record of a zone of the account.

        newdata: name, rr, ttl (seconds) and parameter, of which those that are left out stay
        """
    def dns_permitted_records(self) -> list[str]:
        """Return the types of records that may be added."""
    def dns_providers(self) -> list[str]:
        """Return the names that dns,provider takes."""
    def dns_provisioning_records(self, zone: str) -> list[DnsRecord]:
        """Return the records with which a zone of the account begins: its web, FTP and mail servers.

        zone: any domain; it need not be the account's yet
        """
    def dns_record_exists(self, zone: str, subdomain: str, rr: str = 'ANY', parameter: str | None = None) -> bool:
        """Tell whether a zone has a record.

        subdomain: name relative to the zone; rr: a type, or ANY; parameter: any when left out
        """
    @deprecated("dns:release-ip is deprecated")
    def dns_release_ip(self, ip: str) -> bool:
        """Let an address go; one that an account uses is refused, and one that nobody uses is free as it is."""
    def dns_remove_record(self, zone: str, subdomain: str, rr: str, param: str | None = None) -> bool:
        """Remove a record from a zone of the account.

        param: of the one record; without it every record of the name and type is removed
        """
    def dns_remove_zone(self, domain: str) -> bool:
        """Remove a zone with all its records; that of an account's domain comes back with dns:add-zone."""
    def dns_update(self, hostname: str, ip: str | None = None) -> Any:
        """Let a host name point to an address, as scripts for changing addresses do, and return the address.

        hostname: a name below a domain of the account; ip: IPv4 or IPv6 address, the caller's own when left out
        """
    def dns_uuid(self) -> str | Any | None:
        """Return the mark by which the zones of this server are told apart ([dns] uuid), null for none."""
    def dns_uuid_name(self) -> str | Any:
        """Return the name of the record that holds the mark of dns:uuid."""
    def dns_zone_exists(self, zone: str) -> bool:
        """Tell whether a domain has a zone; an account asks for its own domains."""
    def letsencrypt_append(self, cnames: Any, verifyip: bool = True) -> bool:
        """Get a certificate for the hosts of the present one and further ones.

        cnames: a host, or a list of them; verifyip: skip hosts whose records name another address
        """
    def letsencrypt_bootstrap(self) -> bool:
        """Get the first certificate of the account, for its domains and their ``www.``; one that is there stays."""
    def letsencrypt_challenges(self, hosts: Any) -> dict[str, list[AcmeChallenge]]:
        """Return the challenges of hosts by host; letsencrypt:solve solves them, and a request takes the hosts then.

        hosts: a host, or a list of them; a wildcard has dns-01 alone
        """
    def letsencrypt_exists(self) -> bool:
        """Tell whether the installed certificate is one of Let's Encrypt."""
    def letsencrypt_permitted(self) -> bool:
        """Tell whether the account may have certificates of Let's Encrypt: ssl is on for it."""
    def letsencrypt_renew(self, verifyip: bool = True) -> bool:
        """Get a new certificate for the hosts of the present one; that of a suspended account is not renewed.

        verifyip: skip hosts whose records name another address
        """
    def letsencrypt_request(self, cnames: Any, verifyip: bool = True, strict: bool = False) -> bool:
        """Get a certificate for hosts and install it in place of the present one; for the administrator that of the panel.

        cnames: a host, or a list of them; verifyip: skip hosts whose records name another address
        strict: refuse as soon as one host is skipped
        """
    def letsencrypt_revoke(self) -> bool:
        """Revoke the certificate and remove it."""
    def letsencrypt_solve(self, pairs: _Map) -> bool:
        """Solve the challenges of hosts.

        pairs: host to mechanism, dns or http
        """
    def letsencrypt_supported(self) -> bool:
        """Tell whether the panel gets certificates at all; this one always does."""
    def letsencrypt_use_mechanism(self, domain: str, mechanism: str | None) -> bool:
        """Let a host be proved by one mechanism.

        domain: a host of the account; mechanism: dns or http, null for whichever suits
        """
    def misc_command_info(self, filter: str = '') -> dict[str, Any]:
        """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

        filter: a glob as in misc:list-commands, or one command
        """
    def misc_cp_version(self, field: str = '') -> Any:
        """Return the version of the panel: version, ver_maj, ver_min, ver_patch and more, or one of these.

        field: the one to return; empty for the map
        """
    def misc_flush_cp_version(self) -> bool:
        """Forget the version that misc:cp-version keeps in memory."""
    def misc_i(self, filter: str = '') -> dict[str, Any]:
        """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

        filter: a glob as in misc:list-commands, or one command
        """
    def misc_info(self, filter: str = '') -> dict[str, Any]:
        """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

        filter: a glob as in misc:list-commands, or one command
        """
    def misc_l(self, filter: str = '') -> dict[str, list[str]]:
        """Return the methods that the caller may call: module to list of names.

        filter: a glob on module:method or module_method, such as "admin:*" or "*pass*"
        """
    def misc_list_commands(self, filter: str = '') -> dict[str, list[str]]:
        """Return the methods that the caller may call: module to list of names.

        filter: a glob on module:method or module_method, such as "admin:*" or "*pass*"
        """
    def misc_platform_version(self) -> str | Any:
        """Return the generation of the platform, such as "9.0"."""
    def rampart_ban(self, ip: str, jail: str) -> bool:
        """Ban an address or a range.

        ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
        jail: a name of rampart:get-jails; how long the ban lasts is the jail's
        """
    def rampart_banned_services(self, ip: str | None = None) -> list[str]:
        """Return the chains that ban an address, such as f2b-sshd; empty when it is free.

        ip: IPv4 or IPv6 address; the caller's own when left out
        """
    def rampart_blacklist(self, ip: str, mode: str = 'add') -> bool:
        """Keep an address or range out for good, or take it out of the blacklist.

        ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
        mode: add or remove
        """
    def rampart_get_jails(self) -> list[str]:
        """Return the names of all jails, without their prefix."""
    def rampart_get_reason(self, ip: str | None = None, jail: str | None = None) -> str | Any | None:
        """Return the log lines behind a ban; null for an address that is free, and while [rampart] show_reason is off.

        ip: IPv4 or IPv6 address; the caller's own when left out
        jail: one jail, without its prefix; any when left out
        """
    def rampart_is_banned(self, ip: str | None = None, jail: str | None = None) -> bool:
        """Tell whether an address is banned.

        ip: IPv4 or IPv6 address; the caller's own when left out, and the only one a site may ask about
        jail: one jail, without its prefix; any when left out
        """
    def rampart_temp(self, ip: str | None = None, duration: int = 7200) -> bool:
        """Let an address through for a while.

        ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out, and the only one a
            site may name
        duration: seconds; of an account at most a day
        """
    def rampart_unban(self, ip: str | None = None, jail: str | None = None) -> bool:
        """Lift the ban on an address; a site that frees itself is spared for [rampart] speculative_whitelisting seconds.

        ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out
        jail: one jail, or every jail when left out; a name that is no jail brings a warning, never an error
        """
    def rampart_whitelist(self, ip: str | None = None, mode: str = 'add') -> bool:
        """Let an address through for good, or take it out again.

        ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out
        mode: add or remove
        An account needs rampart,enabled and room within rampart,max; its entries stand in rampart,whitelist.
        """
    def scope_get(self, name: str, *val: Any) -> Any:
        """Return the value of a scope.

        name: group.task, as scope:list names it
        val: section and key for cp.config, a name for a scope that holds a map; all of it when left out
        """
    def scope_info(self, name: str) -> ScopeInfo | None:
        """Describe a scope: info, value, settings (what it may be) and default; null when there is none.

        name: group.task, as scope:list names it
        """
    def scope_list(self, filter: str | None = None) -> list[str]:
        """Return the names of all scopes, sorted.

        filter: a glob such as "cp.*"
        """
    def scope_set(self, name: str, *val: Any) -> bool:
        """Set a scope; the present value once more changes nothing.

        name: group.task, as scope:list names it
        val: the value, in the form that scope:info tells; section, key and value for cp.config
        """
    def site_amnesty_active(self) -> bool:
        """Tell whether a storage amnesty is running."""
    def site_get_account_quota(self) -> AccountQuota:
        """Return what the account uses and may use: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit.

        In a quota project `dynamic` is true: the project may limit the account further.
        """
    def site_get_admin_email(self) -> str | Any:
        """Return the contact address of the account, several with commas between them."""
    def site_get_bandwidth_rollover(self) -> int | Any:
        """Return when the bandwidth counter starts anew, as Unix time."""
    def site_get_bandwidth_usage(self, type: str | None = None) -> BandwidthUsage:
        """Return the transfer since the cycle began, in bytes: used and total, -1 without a limit.

        type: not offered by the panel any more; naming one is an error
        """
    def site_get_port_range(self) -> list[int]:
        """Return first and last port for daemons of the account; empty without ssh, [ssh] user_daemons or a block."""
    @deprecated("site:get-user-count is deprecated")
    def site_get_user_count(self) -> UserCount:
        """Return how many users the account has, its administrator included, and may have: users, max (null: no limit)."""
    @deprecated("site:get-users is deprecated")
    def site_get_users(self) -> dict[str, UserEntry]:
        """Return the users of the account by name, sorted: uid, gid, gecos, home, shell."""
    def site_hijack(self, user: str) -> str | Any:
        """Open a session as a user of the account and return its id; the caller's own stays valid.

        user: its name; the caller's own name gives the present session, an unknown one an error and the present session
        """
    def site_ip_address(self) -> str | Any | None:
        """Return the account's IPv4 address, the last one where there are several; null when it has none."""
    def site_set_admin_email(self, email: str) -> bool:
        """Set the contact address of the account; the former address is told."""
    @deprecated("site:split-hostname is deprecated")
    def site_split_hostname(self, hostname: str) -> HostParts:
        """Return the subdomain and the domain of a host name; a name that is not of the account is a domain in full."""
    def site_storage_amnesty(self) -> bool:
        """Multiply the account's storage quota by [quota] storage_boost for storage_duration seconds.

        Granted once per storage_wait seconds.
        """
    def site_user_service_enabled(self, user: str, service: str) -> bool:
        """Tell whether a user of the account may use a service: ftp, imap, smtp, ssh, dav, cp, crontab, vacation."""
    def ssl_cert_exists(self) -> bool:
        """Tell whether a certificate is installed."""
    def ssl_delete(self, key: str, crt: str, chain: str | None = None) -> bool:
        """Remove the installed certificate.

        key, crt, chain: the names of its files as ssl:get-certificates tells them; chain may be left out
        """
    def ssl_enabled(self) -> bool:
        """Tell whether ssl is on for the account."""
    def ssl_generate_csr(self, privkey: str, host: str, country: str = '', state: str = '', locality: str = '', org: str = '', orgunit: str = '', email: str = '', san: _List = ...) -> str | Any:
        """Return a request for a certificate in PEM.

        privkey: in PEM; host: the common name; country: two letters; san: further hosts
        """
    def ssl_generate_privatekey(self, bits: int = 2048) -> str | Any:
        """Return a new RSA key in PEM.

        bits: 1024 to 8192
        """
    def ssl_get_alternative_names(self, certificate: str) -> list[str] | None:
        """Return the hosts that a certificate names beside its subject, null for none."""
    def ssl_get_certificate(self, name: str = 'server.crt') -> str | Any:
        """Return an installed certificate in PEM; that of the panel for the administrator.

        name: server.crt, or bundle.crt for the chain
        """
    def ssl_get_certificates(self) -> list[InstalledCertificate]:
        """Return the installed certificates, of which an account has one at most: crt, key, chain, host.

        crt, key, chain: names of files; chain is null without one; host: the address that serves it
        """
    def ssl_get_csr(self, name: str) -> str | Any:
        """Return the request of a certificate that letsencrypt:request got, in PEM.

        name: server.csr
        """
    def ssl_get_private_key(self, name: str = 'server.key') -> str | Any:
        """Return the private key of the installed certificate in PEM; that of the panel for the administrator."""
    def ssl_get_public_key(self, name: str) -> KeyInfo:
        """Return the public key of the installed certificate: bits, key (in PEM), type (0 RSA, 3 elliptic curve).

        name: server.key
        """
    def ssl_install(self, key: str, cert: str, chain: str | None = None) -> bool:
        """Install a certificate in place of the present one; the account needs ssl,enabled.

        key: its private key, without a passphrase; cert: the certificate; chain: those above it, the nearest first; all in PEM
        """
    def ssl_is_self_signed(self, crt: str) -> bool:
        """Tell whether a certificate was signed with its own key."""
    def ssl_key_exists(self, key: str = 'server.key') -> bool:
        """Tell whether there is a private key in a file; that of the panel for the administrator."""
    def ssl_parse_certificate(self, crt: str) -> dict[str, Any]:
        """Return a certificate as PHP's openssl_x509_parse does: subject, issuer, serial number, validity, extensions."""
    def ssl_permitted(self) -> bool:
        """Tell whether accounts of this panel may have certificates; they may."""
    def ssl_privkey_info(self, privkey: str) -> KeyInfo:
        """Return size, public key and kind of a private key: bits, key (in PEM), type (0 RSA, 3 elliptic curve)."""
    def ssl_request_info(self, csr: str) -> dict[str, Any]:
        """Return the fields of a request by their short names (CN, C, ST ...), and its hosts as subjectAltName."""
    def ssl_sign_certificate(self, csr: str, privkey: str, days: int = 365, serial: float | None = None) -> str | Any:
        """Sign a request with its own key and return the self-signed certificate in PEM.

        days: how long it is valid; serial: its serial number, a random one when left out
        """
    def ssl_valid(self, cert: str, pkey: str) -> bool:
        """Tell whether a certificate and a private key can be read and belong together."""
    def ssl_verify_certificate_chain(self, cert1: str, cert2: str) -> int | Any:
        """Return 1 where the second certificate issued the first, -1 the other way round, 0 where neither did."""
    def ssl_verify_key(self, key: str) -> bool:
        """Tell whether a text is a private key in PEM without a passphrase."""
    def ssl_verify_x509_key(self, crt: str, privkey: str) -> bool:
        """Tell whether a certificate is of a private key."""
    def web_add_subdomain(self, subdomain: str, docroot: str) -> bool:
        """Add a subdomain; its DNS records come with it.

        subdomain: such as shop.example.com, or shop for one below every domain of the account, or *.example.com
        docroot: a folder below /var/www or /home; without a slash in front it is below /var/www
        """
    def web_domain_exists(self, domain: str) -> bool:
        """Tell whether a domain is of the account: its primary domain or an alias."""
    def web_domain_info(self, domain: str) -> ServedHost:
        """Return document root, state, owner and type of a domain: path, active, user, type."""
    def web_get_all_hostnames_from_path(self, docroot: str) -> list[str]:
        """Return all host names that a document root serves, domains first."""
    def web_get_docroot(self, hostname: str, path: str = '') -> str | Any:
        """Return the folder that serves a host name.

        hostname: a domain or subdomain of the account, with or without ``www.``; path: a folder below its document root
        """
    def web_get_hostname_from_docroot(self, docroot: str) -> str | Any | None:
        """Return the host name that a document root serves, the first where there are several; null for none."""
    def web_is_subdomain(self, hostname: str) -> bool:
        """Tell whether a host name is below a domain of the account and not one itself; it need not be served."""
    def web_list_domains(self) -> dict[str, str]:
        """Return the domains of the account with their document roots, the primary domain first."""
    def web_list_subdomains(self, filter: str = '', domains: Any = ...) -> dict[str, str]:
        """Return the subdomains by name, with their document roots.

        filter: local (below one domain), global (below every domain), path (those that `domains` names by document root),
            active, inactive; all of them when left out
        domains: a domain or a list of them; with the filter path a document root or a list of these
        """
    def web_normalize_hostname(self, host: str) -> str | Any:
        """Return a host name in full: lower case, without ``www.``, a single label below the primary domain."""
    def web_normalize_path(self, hostname: str, path: str = '') -> str | Any | None:
        """Return the folder that serves a path of a host name, null for a host that the account does not serve."""
    def web_purge(self) -> Any:
        """Empty the cache of the web server; here nothing is cached, so an info is all that comes of it."""
    def web_remove_subdomain(self, subdomain: str) -> bool:
        """Remove a subdomain and its DNS records; an unknown one brings a warning."""
    def web_rename_subdomain(self, subdomain: str, newsubdomain: str | None = None, newpath: str | None = None) -> bool:
        """Give a subdomain another name, another document root, or both.

        newsubdomain, newpath: null leaves it as it is
        """
    def web_split_host(self, host: str) -> HostParts:
        """Return the subdomain and the domain of a host name; a name that is not of the account is a domain in full."""
    def web_subdomain_accessible(self, subdomain: str) -> bool:
        """Tell whether the web server serves a subdomain; those of a suspended account are not served."""
    def web_subdomain_exists(self, subdomain: str) -> bool:
        """Tell whether the account has a subdomain."""
    def web_subdomain_info(self, subdomain: str) -> ServedHost:
        """Return document root, state, owner and type of a subdomain: path, active, user, type."""
