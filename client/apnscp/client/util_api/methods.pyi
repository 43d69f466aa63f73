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
    ApiKey,
    BandwidthUsage,
    CollectRow,
    ControlGroupFigure,
    ControllerUsage,
    CyclePeriod,
    DiskQuota,
    HostParts,
    LastLogin,
    Login,
    MailAddress,
    MailRecord,
    MysqlUser,
    NextPayment,
    PgsqlUser,
    QuotaProject,
    ScopeInfo,
    ServiceTransfer,
    SessionInfo,
    StorageRow,
    Transfer,
    UsageRow,
    UserCount,
    UserEntry,
    VacationOptions,
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

class _Email:
    def add_alias(self, user: str, domain: str, destination: Any) -> bool:
        """Add an address that forwards.

        user: the part before the @; a catch-all, with nothing there, needs [mail] forwarded_catchall
        destination: addresses or users of the account, as a list or with commas, or `|` and a command line
        """
    def add_mailbox(self, user: str, domain: str, uid: str, mailbox: str = '') -> bool:
        """Add an address that is a user's mailbox.

        user: the part before the @, empty for a catch-all; domain: one that receives mail
        uid: number of the user, as user:get-users shows it, or its name
        mailbox: folder of the user's mail, the inbox when left out
        """
    @deprecated("email:add-vacation is deprecated")
    def add_vacation(self, response: str, user: str | None = None, flags: _Map | None = None) -> bool:
        """Set the text of a vacation message and send it from now on.

        user: as for email:vacation-exists; flags: options of email:set-vacation-options
        """
    def add_virtual_transport(self, domain: str, subdomain: str = '') -> bool:
        """Let a domain receive mail.

        domain: of the account; subdomain: what stands before it
        """
    def address_exists(self, user: str, domain: str) -> bool:
        """Tell whether the account has an address.

        user: the part before the @, empty for a catch-all
        """
    @deprecated("email:change-vacation-message is deprecated")
    def change_vacation_message(self, response: str, user: str | None = None, flags: _Map = ...) -> bool:
        """Replace the text of a vacation message; arguments as for email:add-vacation."""
    def clone_domain_mailboxes(self, source: str, destination: str) -> bool:
        """Copy the addresses of a domain to another; those that exist there stay, with a warning each."""
    def delete_mailbox(self, user: str, domain: str, type: str = '') -> bool:
        """Remove an address and tell whether there was one.

        type_: v or a, for an address of that type alone
        """
    def deny_user(self, user: str, svc: str | None = None) -> bool:
        """Keep a user from mail; the account's administrator keeps it.

        svc: imap or smtp; both when left out
        """
    def disable_address(self, account: str, domain: str | None = None) -> bool:
        """Switch an address off and tell whether that made a difference; arguments as for email:enable-address."""
    def enable_address(self, account: str, domain: str | None = None) -> bool:
        """Switch an address on and tell whether that made a difference.

        account: an address, or the part before the @; domain: every domain in the latter case when left out
        """
    def enable_vacation(self, user: str | None = None, flags: _Map | None = None) -> bool:
        """Send a vacation message from now on; arguments as for email:add-vacation."""
    def enabled(self, which: str | None = None) -> bool:
        """Tell whether the account has mail.

        which: imap or smtp; both when left out, and both come with mail,enabled
        """
    def get_mail_ip(self) -> str | Any:
        """Return the IPv4 address of the account's mail server."""
    def get_mailbox(self, user: str, domain: str) -> dict[str, Any]:
        """Return an address as email:list-mailboxes does; an empty array where there is none.

        user: the part before the @, empty for a catch-all
        """
    def get_provider(self) -> str | Any:
        """Return who handles the mail of the account: builtin, gmail, mxroute or null; the server's default for the
        administrator.
        """
    def get_records(self, domain: str) -> list[MailRecord]:
        """Return the DNS records that the mail of a domain needs; which, depends on the account's mail,provider.

        domain: of the account, or a subdomain of it that receives mail
        """
    def get_vacation_message(self, user: str | None = None) -> str | Any | None:
        """Return the text of a vacation message, null without one; `user` as for email:vacation-exists."""
    def get_vacation_options(self) -> VacationOptions:
        """Return the options of the caller's vacation message."""
    def get_webmail_location(self, app: str) -> str | Any:
        """Return the host name of a webmail program.

        app: a name of email:webmail-apps
        """
    def list_aliases(self) -> list[MailAddress]:
        """Return the forwards of the account, as email:list-mailboxes does with the filter forward."""
    def list_mailboxes(self, filter: str | None = None, address: str | None = None, domain: str | None = None) -> list[MailAddress]:
        """Return the addresses of the account, mailboxes and forwards.

        filter: forward, local, special (forwards to programs), single (needs `address`), enabled, disabled, or destination:
            those that lead to `address`
        address: the part before the @, or a whole address; domain: only its addresses
        """
    def list_virtual_transports(self) -> list[str]:
        """Return the domains that receive mail, the primary one first."""
    def mailbox_type(self, user: str, domain: str) -> str | Any | None:
        """Return the type of an address: v for a mailbox, a for a forward; null where there is none."""
    def modify_mailbox(self, olduser: str, olddomain: str, newuser: str = '', newdomain: str = '', newdestination: str = '', newtype: str | None = None) -> bool:
        """Change an address and tell whether that made a difference; what is left out stays.

        newdestination: of a mailbox, the name or number of a user, or a folder after a dot; of a forward as in email:add-alias
        newtype: v or a; another type needs a destination
        """
    def permit_user(self, user: str, svc: str | None = None) -> bool:
        """Let a user use mail.

        svc: imap or smtp; both when left out
        """
    def provisioning_records(self, domain: str) -> list[MailRecord]:
        """Return what email:get-records returns."""
    def remove_alias(self, user: str, domain: str) -> bool:
        """Remove an address that forwards and tell whether there was one."""
    def remove_mailbox(self, user: str, domain: str) -> bool:
        """Remove an address that is a mailbox and tell whether there was one."""
    def remove_vacation(self, user: str | None = None) -> bool:
        """Forget a vacation message and its options; `user` as for email:vacation-exists."""
    def remove_virtual_transport(self, domain: str, keepdns: bool | None = None) -> bool:
        """Let a domain receive no mail; its addresses stay and wait for it.

        keepdns: not used; records of a zone are changed with the module dns
        """
    @deprecated("email:rename-mailbox is deprecated")
    def rename_mailbox(self, olduser: str, olddomain: str, newuser: str, newdomain: str, newmailbox: str | None, newtype: str | None = None) -> bool:
        """Change an address as email:modify-mailbox does."""
    def set_vacation_options(self, options: _Map) -> bool:
        """Set options of the caller's vacation message; what is left out stays.

        options: response (the text), subject, contenttype (plain or html), days until a sender gets it again
        """
    def set_webmail_location(self, app: str, subdomain: str) -> bool:
        """Give a webmail program another subdomain.

        app: a name of email:webmail-apps; subdomain: without the domain
        """
    def transport_exists(self, domain: str) -> bool:
        """Tell whether a domain of the account receives mail."""
    def user_enabled(self, user: str | None = None, svc: str | None = None) -> bool:
        """Tell whether a user may use mail.

        user: of the account, whom its administrator may name; the caller when left out; svc: imap or smtp, both when left out
        """
    def vacation_exists(self, user: str | None = None) -> bool:
        """Tell whether a vacation message is sent at present.

        user: of the account, whom its administrator may name; the caller when left out
        """
    def webmail_apps(self) -> list[str]:
        """Return the names of the webmail programs."""

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

class _Mysql:
    def add_user(self, user: str, host: str, password: str, maxconn: int | None = None, maxupdates: int = 0, maxquery: int = 0, ssl: str = '', cipher: str = '', issuer: str = '', subject: str = '') -> bool:
        """Add a user.

        user: 16 characters with the prefix at the most; the prefix is added where it is missing
        host: localhost, an address, or an address with the wildcards `%` and `_`
        password: three characters at least
        maxconn: connections at once, [mysql] concurrency_limit at the most and when left out
        maxupdates, maxquery: per hour, 0 for any number
        ssl: empty, ANY, X509 or SPECIFIED; cipher, issuer, subject: what SPECIFIED asks for
        """
    def change_prefix(self, prefix: str) -> bool:
        """Refuse: sql:change-prefix changes the prefix of both servers."""
    def charset_valid(self, charset: str) -> bool:
        """Tell whether the server knows a character set."""
    def clone(self, from_: str, /, to: str) -> bool:
        """Copy a database to another, which is made where it does not exist.

        from_, to: names, with or without the prefix
        """
    def collation_valid(self, collation: str) -> bool:
        """Tell whether the server knows a collation."""
    def create_database(self, db: str, charset: str = 'latin1', collation: str = 'latin1_swedish_ci') -> bool:
        """Make a database.

        db: letters, digits, `_` and `-`, 64 with the prefix at the most; the prefix is added where it is missing
        charset, collation: names of mysql:get-supported-charsets and mysql:get-supported-collations that belong together
        """
    def database_exists(self, db: str) -> bool:
        """Tell whether a database exists: in the account, or anywhere on the server for the administrator.

        db: its name; of the account's with or without the prefix
        """
    def delete_database(self, db: str) -> bool:
        """Delete a database and what is granted in it."""
    def delete_user(self, user: str, host: str) -> bool:
        """Delete a user and what is granted to it; the account's main user cannot be deleted."""
    def edit_user(self, user: str, host: str, opts: _Map) -> bool:
        """Change a user; what is left out stays.

        opts: host, password, and the columns of mysql:list-users or the parameters of mysql:add-user
        """
    def empty_database(self, db: str) -> bool:
        """Remove all tables of a database; none of them ever has any here."""
    def enabled(self) -> bool:
        """Tell whether the account has MySQL."""
    def get_database_size(self, db: str) -> int | Any:
        """Return the size of a database in bytes: 0, since it is empty."""
    def get_prefix(self) -> str | Any | None:
        """Return what names of databases and users begin with; null where the account has none."""
    def get_privileges(self, user: str, host: str, db: str) -> dict[str, bool]:
        """Return every privilege and whether a user has it in a database; the main user has all."""
    def get_supported_charsets(self) -> dict[str, str]:
        """Return the character sets of the server with their descriptions."""
    def get_supported_collations(self) -> dict[str, str]:
        """Return the collations of the server, each with its character set."""
    def list_databases(self) -> list[str]:
        """Return the names of the account's databases, sorted."""
    def list_users(self) -> dict[str, dict[str, MysqlUser]]:
        """Return the account's users: name to host to settings, the main user among them."""
    def revoke_privileges(self, user: str, host: str, db: str) -> bool:
        """Take all privileges in a database away from a user."""
    def set_privileges(self, user: str, host: str, db: str, privileges: _Map) -> bool:
        """Give a user privileges in a database, in place of those that it has.

        privileges: name to true or false; `read` is select, show_view and lock_tables, `write` all others but grant
        """
    def user_exists(self, user: str, host: str = 'localhost') -> bool:
        """Tell whether the account has a user at a host.

        user: with or without the prefix
        """
    def version(self, pretty: bool = False) -> Any:
        """Return the version of the server as major * 10000 + minor * 100 + patch.

        pretty: as text with dots
        """

class _Pgsql:
    def add_user(self, user: str, password: str, maxconn: int | None = None) -> bool:
        """Add a user.

        user: 63 characters with the prefix at the most; the prefix is added where it is missing
        password: three characters at least
        maxconn: connections at once, [pgsql] database_concurrency_limit at the most and when left out
        """
    def add_user_permissions(self, user: str, db: str, opts: _Map) -> bool:
        """Give a user privileges in a database beside those that it has.

        opts: name to true or false; `read` is select, connect and usage, `write` all others
        """
    def change_prefix(self, prefix: str) -> bool:
        """Refuse: sql:change-prefix changes the prefix of both servers."""
    def clone(self, from_: str, /, to: str) -> bool:
        """Copy a database to another, which is made where it does not exist.

        from_, to: names, with or without the prefix
        """
    def create_database(self, db: str) -> bool:
        """Make a database.

        db: letters, digits, `_` and `-`, 63 with the prefix at the most; the prefix is added where it is missing
        """
    def database_exists(self, db: str) -> bool:
        """Tell whether a database exists: in the account, or anywhere on the server for the administrator.

        db: its name; of the account's with or without the prefix
        """
    def delete_database(self, db: str) -> bool:
        """Delete a database and what is granted in it."""
    def delete_user(self, user: str, cascade: bool = False) -> bool:
        """Delete a user; the account's main user cannot be deleted.

        cascade: take its privileges away; without, a user that has any is not deleted
        """
    def delete_user_permissions(self, user: str, db: str) -> bool:
        """Take all privileges in a database away from a user."""
    def edit_user(self, user: str, password: str | None, maxconn: int | None = None) -> bool:
        """Change a user.

        password: null or empty to keep it; maxconn: connections at once, null to keep the number
        """
    def empty_database(self, db: str) -> bool:
        """Remove all tables of a database; none of them ever has any here."""
    def enabled(self) -> bool:
        """Tell whether the account has PostgreSQL."""
    def get_database_size(self, db: str) -> int | Any:
        """Return the size of a database in bytes: 0, since it is empty."""
    def get_prefix(self) -> str | Any | None:
        """Return what names of databases and users begin with; null where the account has none."""
    def list_databases(self) -> list[str]:
        """Return the names of the account's databases, sorted."""
    def list_users(self) -> dict[str, PgsqlUser]:
        """Return the account's users with their settings, the main user among them."""
    def user_exists(self, user: str, host: str = 'localhost') -> bool:
        """Tell whether the account has a user.

        user: with or without the prefix; host: not used, users of PostgreSQL have none
        """
    def version(self, pretty: bool = False) -> Any:
        """Return the version of the server as major * 10000 + minor * 100 + patch.

        pretty: as text with dots
        """

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

class _Sql:
    def add_mysql_user(self, user: str, host: str, password: str, maxconn: int = 5, maxupdates: int = 0, maxquery: int = 0, ssl: str = '', cipher: str = '', issuer: str = '', subject: str = '') -> bool:
        """Add a user as mysql:add-user does, by default with five connections at once."""
    def add_pgsql_user(self, user: str, password: str, maxconn: int = 5) -> bool:
        """Add a user as pgsql:add-user does, by default with five connections at once."""
    def change_prefix(self, prefix: str) -> bool:
        """Change the prefix on both servers; databases and users are renamed, credentials in applications are not.

        prefix: three characters at least with the final `_`, which is added where it is missing
        """
    def create_mysql_database(self, db: str, charset: str = 'latin1', collation: str = 'latin1_general_ci') -> bool:
        """Make a database as mysql:create-database does, by default with another collation."""
    def create_pgsql_database(self, db: str) -> bool:
        """Make a database as pgsql:create-database does."""
    def delete_mysql_database(self, db: str) -> bool:
        """Delete a database as mysql:delete-database does."""
    def delete_mysql_user(self, user: str, host: str, cascade: bool = True) -> bool:
        """Delete a user as mysql:delete-user does.

        cascade: take its privileges away; without, a user that has any is not deleted
        """
    def delete_pgsql_database(self, db: str) -> bool:
        """Delete a database as pgsql:delete-database does."""
    def delete_pgsql_user(self, user: str, cascade: bool = False) -> bool:
        """Delete a user as pgsql:delete-user does."""
    def edit_mysql_user(self, user: str, host: str, opts: _Map) -> bool:
        """Change a user as mysql:edit-user does."""
    def edit_pgsql_user(self, user: str, password: str | None, maxconn: int | None = None) -> bool:
        """Change a user as pgsql:edit-user does."""
    def enabled(self, svc_name: str) -> bool:
        """Tell whether the account has a database server.

        svc_name: mysql or pgsql
        """
    def get_mysql_privileges(self, user: str, host: str, db: str) -> dict[str, bool]:
        """Return what mysql:get-privileges returns."""
    def get_prefix(self) -> str | Any | None:
        """Return what names of databases and users begin with: MySQL's prefix, else PostgreSQL's, else null."""
    def list_mysql_databases(self) -> list[str]:
        """Return what mysql:list-databases returns."""
    def list_mysql_users(self) -> dict[str, dict[str, MysqlUser]]:
        """Return what mysql:list-users returns."""
    def list_pgsql_databases(self) -> list[str]:
        """Return what pgsql:list-databases returns."""
    def list_pgsql_users(self) -> dict[str, PgsqlUser]:
        """Return what pgsql:list-users returns."""
    def mysql_database_exists(self, db: str) -> bool:
        """Return what mysql:database-exists returns."""
    def mysql_user_exists(self, user: str, host: str = 'localhost') -> bool:
        """Return what mysql:user-exists returns."""
    def mysql_version(self, pretty: bool = False) -> Any:
        """Return what mysql:version returns."""
    def pgsql_database_exists(self, db: str) -> bool:
        """Return what pgsql:database-exists returns."""
    def pgsql_user_exists(self, user: str) -> bool:
        """Return what pgsql:user-exists returns."""
    def pgsql_version(self, pretty: bool = False) -> Any:
        """Return what pgsql:version returns."""
    def revoke_from_mysql_db(self, user: str, host: str, db: str) -> bool:
        """Take all privileges in a database away from a user."""
    def set_mysql_privileges(self, user: str, host: str, db: str, privileges: _Map) -> bool:
        """Give a user privileges in a database as mysql:set-privileges does."""

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
    def email(self) -> _Email: ...
    @property
    def misc(self) -> _Misc: ...
    @property
    def mysql(self) -> _Mysql: ...
    @property
    def pgsql(self) -> _Pgsql: ...
    @property
    def rampart(self) -> _Rampart: ...
    @property
    def scope(self) -> _Scope: ...
    @property
    def site(self) -> _Site: ...
    @property
    def sql(self) -> _Sql: ...
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
    def email_add_alias(self, user: str, domain: str, destination: Any) -> bool:
        """Add an address that forwards.

        user: the part before the @; a catch-all, with nothing there, needs [mail] forwarded_catchall
        destination: addresses or users of the account, as a list or with commas, or `|` and a command line
        """
    def email_add_mailbox(self, user: str, domain: str, uid: str, mailbox: str = '') -> bool:
        """Add an address that is a user's mailbox.

        user: the part before the @, empty for a catch-all; domain: one that receives mail
        uid: number of the user, as user:get-users shows it, or its name
        mailbox: folder of the user's mail, the inbox when left out
        """
    @deprecated("email:add-vacation is deprecated")
    def email_add_vacation(self, response: str, user: str | None = None, flags: _Map | None = None) -> bool:
        """Set the text of a vacation message and send it from now on.

        user: as for email:vacation-exists; flags: options of email:set-vacation-options
        """
    def email_add_virtual_transport(self, domain: str, subdomain: str = '') -> bool:
        """Let a domain receive mail.

        domain: of the account; subdomain: what stands before it
        """
    def email_address_exists(self, user: str, domain: str) -> bool:
        """Tell whether the account has an address.

        user: the part before the @, empty for a catch-all
        """
    @deprecated("email:change-vacation-message is deprecated")
    def email_change_vacation_message(self, response: str, user: str | None = None, flags: _Map = ...) -> bool:
        """Replace the text of a vacation message; arguments as for email:add-vacation."""
    def email_clone_domain_mailboxes(self, source: str, destination: str) -> bool:
        """Copy the addresses of a domain to another; those that exist there stay, with a warning each."""
    def email_delete_mailbox(self, user: str, domain: str, type: str = '') -> bool:
        """Remove an address and tell whether there was one.

        type_: v or a, for an address of that type alone
        """
    def email_deny_user(self, user: str, svc: str | None = None) -> bool:
        """Keep a user from mail; the account's administrator keeps it.

        svc: imap or smtp; both when left out
        """
    def email_disable_address(self, account: str, domain: str | None = None) -> bool:
        """Switch an address off and tell whether that made a difference; arguments as for email:enable-address."""
    def email_enable_address(self, account: str, domain: str | None = None) -> bool:
        """Switch an address on and tell whether that made a difference.

        account: an address, or the part before the @; domain: every domain in the latter case when left out
        """
    def email_enable_vacation(self, user: str | None = None, flags: _Map | None = None) -> bool:
        """Send a vacation message from now on; arguments as for email:add-vacation."""
    def email_enabled(self, which: str | None = None) -> bool:
        """Tell whether the account has mail.

        which: imap or smtp; both when left out, and both come with mail,enabled
        """
    def email_get_mail_ip(self) -> str | Any:
        """Return the IPv4 address of the account's mail server."""
    def email_get_mailbox(self, user: str, domain: str) -> dict[str, Any]:
        """Return an address as email:list-mailboxes does; an empty array where there is none.

        user: the part before the @, empty for a catch-all
        """
    def email_get_provider(self) -> str | Any:
        """Return who handles the mail of the account: builtin, gmail, mxroute or null; the server's default for the
        administrator.
        """
    def email_get_records(self, domain: str) -> list[MailRecord]:
        """Return the DNS records that the mail of a domain needs; which, depends on the account's mail,provider.

        domain: of the account, or a subdomain of it that receives mail
        """
    def email_get_vacation_message(self, user: str | None = None) -> str | Any | None:
        """Return the text of a vacation message, null without one; `user` as for email:vacation-exists."""
    def email_get_vacation_options(self) -> VacationOptions:
        """Return the options of the caller's vacation message."""
    def email_get_webmail_location(self, app: str) -> str | Any:
        """Return the host name of a webmail program.

        app: a name of email:webmail-apps
        """
    def email_list_aliases(self) -> list[MailAddress]:
        """Return the forwards of the account, as email:list-mailboxes does with the filter forward."""
    def email_list_mailboxes(self, filter: str | None = None, address: str | None = None, domain: str | None = None) -> list[MailAddress]:
        """Return the addresses of the account, mailboxes and forwards.

        filter: forward, local, special (forwards to programs), single (needs `address`), enabled, disabled, or destination:
            those that lead to `address`
        address: the part before the @, or a whole address; domain: only its addresses
        """
    def email_list_virtual_transports(self) -> list[str]:
        """Return the domains that receive mail, the primary one first."""
    def email_mailbox_type(self, user: str, domain: str) -> str | Any | None:
        """Return the type of an address: v for a mailbox, a for a forward; null where there is none."""
    def email_modify_mailbox(self, olduser: str, olddomain: str, newuser: str = '', newdomain: str = '', newdestination: str = '', newtype: str | None = None) -> bool:
        """Change an address and tell whether that made a difference; what is left out stays.

        newdestination: of a mailbox, the name or number of a user, or a folder after a dot; of a forward as in email:add-alias
        newtype: v or a; another type needs a destination
        """
    def email_permit_user(self, user: str, svc: str | None = None) -> bool:
        """Let a user use mail.

        svc: imap or smtp; both when left out
        """
    def email_provisioning_records(self, domain: str) -> list[MailRecord]:
        """Return what email:get-records returns."""
    def email_remove_alias(self, user: str, domain: str) -> bool:
        """Remove an address that forwards and tell whether there was one."""
    def email_remove_mailbox(self, user: str, domain: str) -> bool:
        """Remove an address that is a mailbox and tell whether there was one."""
    def email_remove_vacation(self, user: str | None = None) -> bool:
        """Forget a vacation message and its options; `user` as for email:vacation-exists."""
    def email_remove_virtual_transport(self, domain: str, keepdns: bool | None = None) -> bool:
        """Let a domain receive no mail; its addresses stay and wait for it.

        keepdns: not used; records of a zone are changed with the module dns
        """
    @deprecated("email:rename-mailbox is deprecated")
    def email_rename_mailbox(self, olduser: str, olddomain: str, newuser: str, newdomain: str, newmailbox: str | None, newtype: str | None = None) -> bool:
        """Change an address as email:modify-mailbox does."""
    def email_set_vacation_options(self, options: _Map) -> bool:
        """Set options of the caller's vacation message; what is left out stays.

        options: response (the text), subject, contenttype (plain or html), days until a sender gets it again
        """
    def email_set_webmail_location(self, app: str, subdomain: str) -> bool:
        """Give a webmail program another subdomain.

        app: a name of email:webmail-apps; subdomain: without the domain
        """
    def email_transport_exists(self, domain: str) -> bool:
        """Tell whether a domain of the account receives mail."""
    def email_user_enabled(self, user: str | None = None, svc: str | None = None) -> bool:
        """Tell whether a user may use mail.

        user: of the account, whom its administrator may name; the caller when left out; svc: imap or smtp, both when left out
        """
    def email_vacation_exists(self, user: str | None = None) -> bool:
        """Tell whether a vacation message is sent at present.

        user: of the account, whom its administrator may name; the caller when left out
        """
    def email_webmail_apps(self) -> list[str]:
        """Return the names of the webmail programs."""
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
    def mysql_add_user(self, user: str, host: str, password: str, maxconn: int | None = None, maxupdates: int = 0, maxquery: int = 0, ssl: str = '', cipher: str = '', issuer: str = '', subject: str = '') -> bool:
        """Add a user.

        user: 16 characters with the prefix at the most; the prefix is added where it is missing
        host: localhost, an address, or an address with the wildcards `%` and `_`
        password: three characters at least
        maxconn: connections at once, [mysql] concurrency_limit at the most and when left out
        maxupdates, maxquery: per hour, 0 for any number
        ssl: empty, ANY, X509 or SPECIFIED; cipher, issuer, subject: what SPECIFIED asks for
        """
    def mysql_change_prefix(self, prefix: str) -> bool:
        """Refuse: sql:change-prefix changes the prefix of both servers."""
    def mysql_charset_valid(self, charset: str) -> bool:
        """Tell whether the server knows a character set."""
    def mysql_clone(self, from_: str, /, to: str) -> bool:
        """Copy a database to another, which is made where it does not exist.

        from_, to: names, with or without the prefix
        """
    def mysql_collation_valid(self, collation: str) -> bool:
        """Tell whether the server knows a collation."""
    def mysql_create_database(self, db: str, charset: str = 'latin1', collation: str = 'latin1_swedish_ci') -> bool:
        """Make a database.

        db: letters, digits, `_` and `-`, 64 with the prefix at the most; the prefix is added where it is missing
        charset, collation: names of mysql:get-supported-charsets and mysql:get-supported-collations that belong together
        """
    def mysql_database_exists(self, db: str) -> bool:
        """Tell whether a database exists: in the account, or anywhere on the server for the administrator.

        db: its name; of the account's with or without the prefix
        """
    def mysql_delete_database(self, db: str) -> bool:
        """Delete a database and what is granted in it."""
    def mysql_delete_user(self, user: str, host: str) -> bool:
        """Delete a user and what is granted to it; the account's main user cannot be deleted."""
    def mysql_edit_user(self, user: str, host: str, opts: _Map) -> bool:
        """Change a user; what is left out stays.

        opts: host, password, and the columns of mysql:list-users or the parameters of mysql:add-user
        """
    def mysql_empty_database(self, db: str) -> bool:
        """Remove all tables of a database; none of them ever has any here."""
    def mysql_enabled(self) -> bool:
        """Tell whether the account has MySQL."""
    def mysql_get_database_size(self, db: str) -> int | Any:
        """Return the size of a database in bytes: 0, since it is empty."""
    def mysql_get_prefix(self) -> str | Any | None:
        """Return what names of databases and users begin with; null where the account has none."""
    def mysql_get_privileges(self, user: str, host: str, db: str) -> dict[str, bool]:
        """Return every privilege and whether a user has it in a database; the main user has all."""
    def mysql_get_supported_charsets(self) -> dict[str, str]:
        """Return the character sets of the server with their descriptions."""
    def mysql_get_supported_collations(self) -> dict[str, str]:
        """Return the collations of the server, each with its character set."""
    def mysql_list_databases(self) -> list[str]:
        """Return the names of the account's databases, sorted."""
    def mysql_list_users(self) -> dict[str, dict[str, MysqlUser]]:
        """Return the account's users: name to host to settings, the main user among them."""
    def mysql_revoke_privileges(self, user: str, host: str, db: str) -> bool:
        """Take all privileges in a database away from a user."""
    def mysql_set_privileges(self, user: str, host: str, db: str, privileges: _Map) -> bool:
        """Give a user privileges in a database, in place of those that it has.

        privileges: name to true or false; `read` is select, show_view and lock_tables, `write` all others but grant
        """
    def mysql_user_exists(self, user: str, host: str = 'localhost') -> bool:
        """Tell whether the account has a user at a host.

        user: with or without the prefix
        """
    def mysql_version(self, pretty: bool = False) -> Any:
        """Return the version of the server as major * 10000 + minor * 100 + patch.

        pretty: as text with dots
        """
    def pgsql_add_user(self, user: str, password: str, maxconn: int | None = None) -> bool:
        """Add a user.

        user: 63 characters with the prefix at the most; the prefix is added where it is missing
        password: three characters at least
        maxconn: connections at once, [pgsql] database_concurrency_limit at the most and when left out
        """
    def pgsql_add_user_permissions(self, user: str, db: str, opts: _Map) -> bool:
        """Give a user privileges in a database beside those that it has.

        opts: name to true or false; `read` is select, connect and usage, `write` all others
        """
    def pgsql_change_prefix(self, prefix: str) -> bool:
        """Refuse: sql:change-prefix changes the prefix of both servers."""
    def pgsql_clone(self, from_: str, /, to: str) -> bool:
        """Copy a database to another, which is made where it does not exist.

        from_, to: names, with or without the prefix
        """
    def pgsql_create_database(self, db: str) -> bool:
        """Make a database.

        db: letters, digits, `_` and `-`, 63 with the prefix at the most; the prefix is added where it is missing
        """
    def pgsql_database_exists(self, db: str) -> bool:
        """Tell whether a database exists: in the account, or anywhere on the server for the administrator.

        db: its name; of the account's with or without the prefix
        """
    def pgsql_delete_database(self, db: str) -> bool:
        """Delete a database and what is granted in it."""
    def pgsql_delete_user(self, user: str, cascade: bool = False) -> bool:
        """Delete a user; the account's main user cannot be deleted.

        cascade: take its privileges away; without, a user that has any is not deleted
        """
    def pgsql_delete_user_permissions(self, user: str, db: str) -> bool:
        """Take all privileges in a database away from a user."""
    def pgsql_edit_user(self, user: str, password: str | None, maxconn: int | None = None) -> bool:
        """Change a user.

        password: null or empty to keep it; maxconn: connections at once, null to keep the number
        """
    def pgsql_empty_database(self, db: str) -> bool:
        """Remove all tables of a database; none of them ever has any here."""
    def pgsql_enabled(self) -> bool:
        """Tell whether the account has PostgreSQL."""
    def pgsql_get_database_size(self, db: str) -> int | Any:
        """Return the size of a database in bytes: 0, since it is empty."""
    def pgsql_get_prefix(self) -> str | Any | None:
        """Return what names of databases and users begin with; null where the account has none."""
    def pgsql_list_databases(self) -> list[str]:
        """Return the names of the account's databases, sorted."""
    def pgsql_list_users(self) -> dict[str, PgsqlUser]:
        """Return the account's users with their settings, the main user among them."""
    def pgsql_user_exists(self, user: str, host: str = 'localhost') -> bool:
        """Tell whether the account has a user.

        user: with or without the prefix; host: not used, users of PostgreSQL have none
        """
    def pgsql_version(self, pretty: bool = False) -> Any:
        """Return the version of the server as major * 10000 + minor * 100 + patch.

        pretty: as text with dots
        """
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
    def sql_add_mysql_user(self, user: str, host: str, password: str, maxconn: int = 5, maxupdates: int = 0, maxquery: int = 0, ssl: str = '', cipher: str = '', issuer: str = '', subject: str = '') -> bool:
        """Add a user as mysql:add-user does, by default with five connections at once."""
    def sql_add_pgsql_user(self, user: str, password: str, maxconn: int = 5) -> bool:
        """Add a user as pgsql:add-user does, by default with five connections at once."""
    def sql_change_prefix(self, prefix: str) -> bool:
        """Change the prefix on both servers; databases and users are renamed, credentials in applications are not.

        prefix: three characters at least with the final `_`, which is added where it is missing
        """
    def sql_create_mysql_database(self, db: str, charset: str = 'latin1', collation: str = 'latin1_general_ci') -> bool:
        """Make a database as mysql:create-database does, by default with another collation."""
    def sql_create_pgsql_database(self, db: str) -> bool:
        """Make a database as pgsql:create-database does."""
    def sql_delete_mysql_database(self, db: str) -> bool:
        """Delete a database as mysql:delete-database does."""
    def sql_delete_mysql_user(self, user: str, host: str, cascade: bool = True) -> bool:
        """Delete a user as mysql:delete-user does.

        cascade: take its privileges away; without, a user that has any is not deleted
        """
    def sql_delete_pgsql_database(self, db: str) -> bool:
        """Delete a database as pgsql:delete-database does."""
    def sql_delete_pgsql_user(self, user: str, cascade: bool = False) -> bool:
        """Delete a user as pgsql:delete-user does."""
    def sql_edit_mysql_user(self, user: str, host: str, opts: _Map) -> bool:
        """Change a user as mysql:edit-user does."""
    def sql_edit_pgsql_user(self, user: str, password: str | None, maxconn: int | None = None) -> bool:
        """Change a user as pgsql:edit-user does."""
    def sql_enabled(self, svc_name: str) -> bool:
        """Tell whether the account has a database server.

        svc_name: mysql or pgsql
        """
    def sql_get_mysql_privileges(self, user: str, host: str, db: str) -> dict[str, bool]:
        """Return what mysql:get-privileges returns."""
    def sql_get_prefix(self) -> str | Any | None:
        """Return what names of databases and users begin with: MySQL's prefix, else PostgreSQL's, else null."""
    def sql_list_mysql_databases(self) -> list[str]:
        """Return what mysql:list-databases returns."""
    def sql_list_mysql_users(self) -> dict[str, dict[str, MysqlUser]]:
        """Return what mysql:list-users returns."""
    def sql_list_pgsql_databases(self) -> list[str]:
        """Return what pgsql:list-databases returns."""
    def sql_list_pgsql_users(self) -> dict[str, PgsqlUser]:
        """Return what pgsql:list-users returns."""
    def sql_mysql_database_exists(self, db: str) -> bool:
        """Return what mysql:database-exists returns."""
    def sql_mysql_user_exists(self, user: str, host: str = 'localhost') -> bool:
        """Return what mysql:user-exists returns."""
    def sql_mysql_version(self, pretty: bool = False) -> Any:
        """Return what mysql:version returns."""
    def sql_pgsql_database_exists(self, db: str) -> bool:
        """Return what pgsql:database-exists returns."""
    def sql_pgsql_user_exists(self, user: str) -> bool:
        """Return what pgsql:user-exists returns."""
    def sql_pgsql_version(self, pretty: bool = False) -> Any:
        """Return what pgsql:version returns."""
    def sql_revoke_from_mysql_db(self, user: str, host: str, db: str) -> bool:
        """Take all privileges in a database away from a user."""
    def sql_set_mysql_privileges(self, user: str, host: str, db: str, privileges: _Map) -> bool:
        """Give a user privileges in a database as mysql:set-privileges does."""
