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
    AliasJournal,
    ApiKey,
    BandwidthUsage,
    CollectRow,
    ControlGroupFigure,
    ControllerUsage,
    CronJob,
    CyclePeriod,
    DiskQuota,
    HostParts,
    LastLogin,
    Login,
    NextPayment,
    QuotaProject,
    ScopeInfo,
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

class _Aliases:
    def add_domain(self, domain: str, path: str) -> bool:
        """Attach a domain to the account; it waits in the journal until aliases:synchronize-changes.

        domain: one that no account has; a leading `www.' does not count
        path: its document root, below /home, /var/www or /usr/local; it is made where it is missing
        """
    @deprecated("aliases:add-shared-domain is deprecated")
    def add_shared_domain(self, domain: str, path: str) -> bool:
        """Attach a domain to the account; aliases:add-domain is its name today."""
    def bypass_exists(self, domain: str) -> bool:
        """Tell whether a domain can be attached without proof of ownership, which [domains] dns_check asks for."""
    def challenge_token(self) -> str | Any:
        """Return the name of the file that proves consent where a domain is not the account's yet: 40 hexadecimal digits."""
    def domain_exists(self, domain: str) -> bool:
        """Tell whether the account has a domain, the primary one and those in the journal included."""
    def list_aliases(self) -> list[str]:
        """Return the domains of the account but the primary one, as aliases,aliases holds them: without the journal."""
    def list_shared_domains(self) -> dict[str, str]:
        """Return the document roots of the account's domains but the primary one, by domain, those in the journal included."""
    def list_unsynchronized_domains(self) -> AliasJournal:
        """Return what aliases:synchronize-changes will do: add and remove, domains by their places in the lists that hold them."""
    def modify_domain(self, domain: str, newparams: _Map) -> bool:
        """Change a domain of the account.

        newparams: owner, a user; path, the document root; domain, another name, which waits for aliases:synchronize-changes
        """
    def remove_alias(self, alias: str) -> bool:
        """Detach a domain from the account, as aliases:remove-domain does."""
    def remove_domain(self, domain: str) -> bool:
        """Detach a domain from the account; it waits in the journal until aliases:synchronize-changes."""
    @deprecated("aliases:remove-shared-domain is deprecated")
    def remove_shared_domain(self, domain: str) -> bool:
        """Detach a domain from the account; aliases:remove-domain is its name today."""
    @deprecated("aliases:shared-domain-exists is deprecated")
    def shared_domain_exists(self, domain: str) -> bool:
        """Tell whether the account has a domain; aliases:domain-exists is its name today."""
    def shared_domain_hosted(self, domain: str) -> bool:
        """Tell whether another account has a domain, which cannot be attached to this one then."""
    def synchronize_changes(self) -> bool:
        """Apply what waits in the journal: aliases,aliases changes, and everything that has to do with domains follows."""

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

class _Crontab:
    @deprecated("crontab:add-cronjob is deprecated")
    def add_cronjob(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Add a job; crontab:add-job is its name today."""
    def add_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Add a job.

        min, hour, dom, month, dow: fields of time as in a crontab; a macro such as @daily in the first one makes the others empty
        cmd: one line; user: whose job it is, the caller's when left out
        """
    def add_raw(self, line: str, user: str | None = None) -> bool:
        """Add a job as a line of a crontab: five fields of time, or a macro such as @daily, and a command."""
    @deprecated("crontab:crontab-enabled is deprecated")
    def crontab_enabled(self) -> bool:
        """Tell whether cron runs for the account; crontab:enabled is its name today."""
    @deprecated("crontab:delete-cronjob is deprecated")
    def delete_cronjob(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Delete a job; crontab:delete-job is its name today."""
    def delete_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Delete a job, named by the values with which it was added."""
    def deny_user(self, user: str) -> bool:
        """Keep a user from having jobs; those that there are stay and do not run."""
    def disable_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Keep a job from running; it stays in the list."""
    def enable_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Let a disabled job run again."""
    def enabled(self) -> bool:
        """Tell whether cron runs for the account: it may have jobs, crontab is on, nobody stopped it, no suspension."""
    def exists(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Tell whether there is a job, disabled or not."""
    def filter_by_command(self, command: str, user: str | None = None) -> list[CronJob]:
        """Return the jobs whose command contains a text, in the form of crontab:list-jobs."""
    def get_mailto(self) -> str | Any | None:
        """Return the address to which the output of the caller's jobs is sent; null while none is set."""
    @deprecated("crontab:list-cronjobs is deprecated")
    def list_cronjobs(self, user: str | None = None) -> list[CronJob]:
        """Return jobs; crontab:list-jobs is its name today."""
    def list_jobs(self, user: str | None = None) -> list[CronJob]:
        """Return jobs: minute, hour, day_of_month, month, day_of_week, cmd, disabled.

        user: whose; the caller's when left out. A secondary user may only name itself, here and below
        """
    def list_users(self) -> list[str]:
        """Return the users of the account who have jobs."""
    def permit_user(self, user: str) -> bool:
        """Let a user have jobs."""
    def permitted(self) -> bool:
        """Tell whether the account may have jobs: crontab,permit and ssh,enabled are on."""
    def reload(self) -> bool:
        """Let cron read the jobs again, which it does by itself; an error while it does not run."""
    def restart(self) -> bool:
        """Start cron for the account, anew where it runs already."""
    def set_mailto(self, address: str) -> bool:
        """Set the address to which the output of the caller's jobs is sent; empty text takes it back."""
    def toggle_status(self, status: int) -> bool:
        """Start or stop cron for the account.

        status: 1 starts, 0 stops, -1 starts anew
        """
    def user_permitted(self, user: str | None = None) -> bool:
        """Tell whether a user may have jobs; the caller when left out."""

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

class _Ftp:
    def deny_user(self, user: str) -> bool:
        """Keep a user from FTP; the account's administrator always has it."""
    def get_option(self, user: str, c_directive: str) -> str | Any | None:
        """Return a directive of vsftpd as it is set for a user; null while it is not."""
    def has_configuration(self, user: str) -> bool:
        """Tell whether anything is set for a user."""
    def jail_user(self, user: str, dir: str = '') -> bool:
        """Keep a user in a directory.

        dir: below /home, /var/www or /usr/local; the home of the user when left out
        """
    def permit_user(self, user: str) -> bool:
        """Let a user use FTP; an error while ftp is off for the account."""
    def set_option(self, user: str, c_directive: str, c_val: Any = None) -> bool:
        """Set a directive of vsftpd for a user.

        c_directive: such as local_max_rate, write_enable or local_root; c_val: null, or empty text, takes it back
        """
    def unjail_user(self, user: str) -> bool:
        """Let a user out of the directory in which it was kept."""
    def user_enabled(self, user: str) -> bool:
        """Tell whether a user can use FTP: it is on for the account and not denied to the user."""
    def user_jailed(self, user: str) -> bool:
        """Tell whether a user is kept in a directory."""

class _Mail:
    def providers(self) -> list[str]:
        """Return the providers that mail,provider may name, those of the panel's own table of services included."""

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

class _Ssh:
    def deny_user(self, user: str) -> bool:
        """Keep a user from ssh; the account's administrator always has it."""
    def enabled(self) -> bool:
        """Tell whether ssh is on for the account."""
    def permit_user(self, user: str) -> bool:
        """Let a user use ssh; an error while ssh is off for the account."""
    def user_enabled(self, user: str) -> bool:
        """Tell whether a user can use ssh: it is on for the account and not denied to the user."""

class _User:
    def add(self, user: str, password: str, gecos: str = '', quota: float = 0, options: _Map = ...) -> bool:
        """Make a user of the account; warnings say what the user cannot use.

        user: a letter, then letters, digits, `_', `.' or `-'; at most 32
        password: in clear, or a crypt(3) hash with the option password=crypted
        gecos: full name; quota: storage in MB, 0 for the account's own limit
        options: ftp, imap, smtp, cp, dav, ssh: 1 is on, and what is left out is off; shell: one of user:get-shells
        """
    @deprecated("user:add-user is deprecated")
    def add_user(self, user: str, password: str, gecos: str = '', quota: float = 0, options: _Map = ...) -> bool:
        """Make a user of the account; user:add is its name today."""
    def change_gecos(self, user: str, gecos: str | None = None) -> bool:
        """Set the full name of a user.

        user: its name, which a secondary user may leave out; gecos: the full name; left out, it is the first argument
            and the user is the caller
        """
    def change_quota(self, user: str, diskquota: float, filequota: int = 0) -> bool:
        """Limit the storage of a user.

        diskquota: MB; filequota: number of files; 0 is the account's own limit, and more than that is lowered to it
        """
    def delete(self, user: str) -> bool:
        """Remove a user and everything of the user's: keys, sessions, jobs.

        The account's administrator stays, and so does a user in whose home a domain lies.
        """
    @deprecated("user:delete-user is deprecated")
    def delete_user(self, user: str) -> bool:
        """Remove a user; user:delete is its name today."""
    def exists(self, user: str) -> bool:
        """Tell whether the account has a user."""
    def get_home(self, user: str | None = None) -> Any:
        """Return the home directory of a user, false for an unknown one; that of the panel's administrators is /root.

        user: the caller when left out
        """
    def get_quota(self, users: Any = None) -> StorageRow | dict[str, StorageRow]:
        """Return what users use and may use: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit.

        users: a name gives its row, a list of names a row for each by name; the caller when left out. An unknown user brings
            a warning. A secondary user may only name itself.
        """
    def get_shells(self) -> list[str]:
        """Return the shells that a user may have."""
    def get_uid_from_username(self, username: str) -> Any:
        """Return the number of a user of the account, false for an unknown one."""
    def get_user_count(self) -> UserCount:
        """Return how many users the account has, its administrator included, and may have: users, max (null: no limit)."""
    @deprecated("user:get-user-home is deprecated")
    def get_user_home(self, user: str | None = None) -> Any:
        """Return the home directory of a user; user:get-home is its name today."""
    def get_username_from_uid(self, uid: int) -> Any:
        """Return the name of the user with a number, false when the account, or the panel, has none."""
    def get_users(self) -> dict[str, UserEntry]:
        """Return the users of the account by name, sorted: uid, gid, gecos, home, shell."""
    def getpwnam(self, user: str | None = None) -> UserEntry:
        """Return uid, gid, gecos, home and shell of a user; empty for an unknown one.

        user: the caller when left out
        """
    def rename_user(self, user: str, newuser: str) -> bool:
        """Give a user another name; the home directory, keys and jobs come along.

        The account's administrator is renamed by auth:change-username.
        """
    def usermod_driver(self, user: str, attributes: _Map) -> bool:
        """Change what is known of a user.

        attributes: username, home, move_home (1 moves the files along), shell, gecos; what is not named stays
        """

class Methods:
    @property
    def admin(self) -> _Admin: ...
    @property
    def aliases(self) -> _Aliases: ...
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
    def crontab(self) -> _Crontab: ...
    @property
    def diskquota(self) -> _Diskquota: ...
    @property
    def ftp(self) -> _Ftp: ...
    @property
    def mail(self) -> _Mail: ...
    @property
    def misc(self) -> _Misc: ...
    @property
    def rampart(self) -> _Rampart: ...
    @property
    def scope(self) -> _Scope: ...
    @property
    def site(self) -> _Site: ...
    @property
    def ssh(self) -> _Ssh: ...
    @property
    def user(self) -> _User: ...
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
    def aliases_add_domain(self, domain: str, path: str) -> bool:
        """Attach a domain to the account; it waits in the journal until aliases:synchronize-changes.

        domain: one that no account has; a leading `www.' does not count
        path: its document root, below /home, /var/www or /usr/local; it is made where it is missing
        """
    @deprecated("aliases:add-shared-domain is deprecated")
    def aliases_add_shared_domain(self, domain: str, path: str) -> bool:
        """Attach a domain to the account; aliases:add-domain is its name today."""
    def aliases_bypass_exists(self, domain: str) -> bool:
        """Tell whether a domain can be attached without proof of ownership, which [domains] dns_check asks for."""
    def aliases_challenge_token(self) -> str | Any:
        """Return the name of the file that proves consent where a domain is not the account's yet: 40 hexadecimal digits."""
    def aliases_domain_exists(self, domain: str) -> bool:
        """Tell whether the account has a domain, the primary one and those in the journal included."""
    def aliases_list_aliases(self) -> list[str]:
        """Return the domains of the account but the primary one, as aliases,aliases holds them: without the journal."""
    def aliases_list_shared_domains(self) -> dict[str, str]:
        """Return the document roots of the account's domains but the primary one, by domain, those in the journal included."""
    def aliases_list_unsynchronized_domains(self) -> AliasJournal:
        """Return what aliases:synchronize-changes will do: add and remove, domains by their places in the lists that hold them."""
    def aliases_modify_domain(self, domain: str, newparams: _Map) -> bool:
        """Change a domain of the account.

        newparams: owner, a user; path, the document root; domain, another name, which waits for aliases:synchronize-changes
        """
    def aliases_remove_alias(self, alias: str) -> bool:
        """Detach a domain from the account, as aliases:remove-domain does."""
    def aliases_remove_domain(self, domain: str) -> bool:
        """Detach a domain from the account; it waits in the journal until aliases:synchronize-changes."""
    @deprecated("aliases:remove-shared-domain is deprecated")
    def aliases_remove_shared_domain(self, domain: str) -> bool:
        """Detach a domain from the account; aliases:remove-domain is its name today."""
    @deprecated("aliases:shared-domain-exists is deprecated")
    def aliases_shared_domain_exists(self, domain: str) -> bool:
        """Tell whether the account has a domain; aliases:domain-exists is its name today."""
    def aliases_shared_domain_hosted(self, domain: str) -> bool:
        """Tell whether another account has a domain, which cannot be attached to this one then."""
    def aliases_synchronize_changes(self) -> bool:
        """Apply what waits in the journal: aliases,aliases changes, and everything that has to do with domains follows."""
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
    @deprecated("crontab:add-cronjob is deprecated")
    def crontab_add_cronjob(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Add a job; crontab:add-job is its name today."""
    def crontab_add_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Add a job.

        min, hour, dom, month, dow: fields of time as in a crontab; a macro such as @daily in the first one makes the others empty
        cmd: one line; user: whose job it is, the caller's when left out
        """
    def crontab_add_raw(self, line: str, user: str | None = None) -> bool:
        """Add a job as a line of a crontab: five fields of time, or a macro such as @daily, and a command."""
    @deprecated("crontab:crontab-enabled is deprecated")
    def crontab_crontab_enabled(self) -> bool:
        """Tell whether cron runs for the account; crontab:enabled is its name today."""
    @deprecated("crontab:delete-cronjob is deprecated")
    def crontab_delete_cronjob(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Delete a job; crontab:delete-job is its name today."""
    def crontab_delete_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Delete a job, named by the values with which it was added."""
    def crontab_deny_user(self, user: str) -> bool:
        """Keep a user from having jobs; those that there are stay and do not run."""
    def crontab_disable_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Keep a job from running; it stays in the list."""
    def crontab_enable_job(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Let a disabled job run again."""
    def crontab_enabled(self) -> bool:
        """Tell whether cron runs for the account: it may have jobs, crontab is on, nobody stopped it, no suspension."""
    def crontab_exists(self, min: Any, hour: Any, dom: Any, month: Any, dow: Any, cmd: str, user: str | None = None) -> bool:
        """Tell whether there is a job, disabled or not."""
    def crontab_filter_by_command(self, command: str, user: str | None = None) -> list[CronJob]:
        """Return the jobs whose command contains a text, in the form of crontab:list-jobs."""
    def crontab_get_mailto(self) -> str | Any | None:
        """Return the address to which the output of the caller's jobs is sent; null while none is set."""
    @deprecated("crontab:list-cronjobs is deprecated")
    def crontab_list_cronjobs(self, user: str | None = None) -> list[CronJob]:
        """Return jobs; crontab:list-jobs is its name today."""
    def crontab_list_jobs(self, user: str | None = None) -> list[CronJob]:
        """Return jobs: minute, hour, day_of_month, month, day_of_week, cmd, disabled.

        user: whose; the caller's when left out. A secondary user may only name itself, here and below
        """
    def crontab_list_users(self) -> list[str]:
        """Return the users of the account who have jobs."""
    def crontab_permit_user(self, user: str) -> bool:
        """Let a user have jobs."""
    def crontab_permitted(self) -> bool:
        """Tell whether the account may have jobs: crontab,permit and ssh,enabled are on."""
    def crontab_reload(self) -> bool:
        """Let cron read the jobs again, which it does by itself; an error while it does not run."""
    def crontab_restart(self) -> bool:
        """Start cron for the account, anew where it runs already."""
    def crontab_set_mailto(self, address: str) -> bool:
        """Set the address to which the output of the caller's jobs is sent; empty text takes it back."""
    def crontab_toggle_status(self, status: int) -> bool:
        """Start or stop cron for the account.

        status: 1 starts, 0 stops, -1 starts anew
        """
    def crontab_user_permitted(self, user: str | None = None) -> bool:
        """Tell whether a user may have jobs; the caller when left out."""
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
    def ftp_deny_user(self, user: str) -> bool:
        """Keep a user from FTP; the account's administrator always has it."""
    def ftp_get_option(self, user: str, c_directive: str) -> str | Any | None:
        """Return a directive of vsftpd as it is set for a user; null while it is not."""
    def ftp_has_configuration(self, user: str) -> bool:
        """Tell whether anything is set for a user."""
    def ftp_jail_user(self, user: str, dir: str = '') -> bool:
        """Keep a user in a directory.

        dir: below /home, /var/www or /usr/local; the home of the user when left out
        """
    def ftp_permit_user(self, user: str) -> bool:
        """Let a user use FTP; an error while ftp is off for the account."""
    def ftp_set_option(self, user: str, c_directive: str, c_val: Any = None) -> bool:
        """Set a directive of vsftpd for a user.

        c_directive: such as local_max_rate, write_enable or local_root; c_val: null, or empty text, takes it back
        """
    def ftp_unjail_user(self, user: str) -> bool:
        """Let a user out of the directory in which it was kept."""
    def ftp_user_enabled(self, user: str) -> bool:
        """Tell whether a user can use FTP: it is on for the account and not denied to the user."""
    def ftp_user_jailed(self, user: str) -> bool:
        """Tell whether a user is kept in a directory."""
    def mail_providers(self) -> list[str]:
        """Return the providers that mail,provider may name, those of the panel's own table of services included."""
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
    def ssh_deny_user(self, user: str) -> bool:
        """Keep a user from ssh; the account's administrator always has it."""
    def ssh_enabled(self) -> bool:
        """Tell whether ssh is on for the account."""
    def ssh_permit_user(self, user: str) -> bool:
        """Let a user use ssh; an error while ssh is off for the account."""
    def ssh_user_enabled(self, user: str) -> bool:
        """Tell whether a user can use ssh: it is on for the account and not denied to the user."""
    def user_add(self, user: str, password: str, gecos: str = '', quota: float = 0, options: _Map = ...) -> bool:
        """Make a user of the account; warnings say what the user cannot use.

        user: a letter, then letters, digits, `_', `.' or `-'; at most 32
        password: in clear, or a crypt(3) hash with the option password=crypted
        gecos: full name; quota: storage in MB, 0 for the account's own limit
        options: ftp, imap, smtp, cp, dav, ssh: 1 is on, and what is left out is off; shell: one of user:get-shells
        """
    @deprecated("user:add-user is deprecated")
    def user_add_user(self, user: str, password: str, gecos: str = '', quota: float = 0, options: _Map = ...) -> bool:
        """Make a user of the account; user:add is its name today."""
    def user_change_gecos(self, user: str, gecos: str | None = None) -> bool:
        """Set the full name of a user.

        user: its name, which a secondary user may leave out; gecos: the full name; left out, it is the first argument
            and the user is the caller
        """
    def user_change_quota(self, user: str, diskquota: float, filequota: int = 0) -> bool:
        """Limit the storage of a user.

        diskquota: MB; filequota: number of files; 0 is the account's own limit, and more than that is lowered to it
        """
    def user_delete(self, user: str) -> bool:
        """Remove a user and everything of the user's: keys, sessions, jobs.

        The account's administrator stays, and so does a user in whose home a domain lies.
        """
    @deprecated("user:delete-user is deprecated")
    def user_delete_user(self, user: str) -> bool:
        """Remove a user; user:delete is its name today."""
    def user_exists(self, user: str) -> bool:
        """Tell whether the account has a user."""
    def user_get_home(self, user: str | None = None) -> Any:
        """Return the home directory of a user, false for an unknown one; that of the panel's administrators is /root.

        user: the caller when left out
        """
    def user_get_quota(self, users: Any = None) -> StorageRow | dict[str, StorageRow]:
        """Return what users use and may use: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit.

        users: a name gives its row, a list of names a row for each by name; the caller when left out. An unknown user brings
            a warning. A secondary user may only name itself.
        """
    def user_get_shells(self) -> list[str]:
        """Return the shells that a user may have."""
    def user_get_uid_from_username(self, username: str) -> Any:
        """Return the number of a user of the account, false for an unknown one."""
    def user_get_user_count(self) -> UserCount:
        """Return how many users the account has, its administrator included, and may have: users, max (null: no limit)."""
    @deprecated("user:get-user-home is deprecated")
    def user_get_user_home(self, user: str | None = None) -> Any:
        """Return the home directory of a user; user:get-home is its name today."""
    def user_get_username_from_uid(self, uid: int) -> Any:
        """Return the name of the user with a number, false when the account, or the panel, has none."""
    def user_get_users(self) -> dict[str, UserEntry]:
        """Return the users of the account by name, sorted: uid, gid, gecos, home, shell."""
    def user_getpwnam(self, user: str | None = None) -> UserEntry:
        """Return uid, gid, gecos, home and shell of a user; empty for an unknown one.

        user: the caller when left out
        """
    def user_rename_user(self, user: str, newuser: str) -> bool:
        """Give a user another name; the home directory, keys and jobs come along.

        The account's administrator is renamed by auth:change-username.
        """
    def user_usermod_driver(self, user: str, attributes: _Map) -> bool:
        """Change what is known of a user.

        attributes: username, home, move_home (1 moves the files along), shell, gecos; what is not named stays
        """
