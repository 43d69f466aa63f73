<?php
// An account's life through PHP's SoapClient in WSDL mode. Usage: php life_cycle.php URL KEY PLAN
require __DIR__ . '/panel.php';
[, $url, $key, $plan] = $argv;
const DOMAIN = 'interop.test';
const ADMIN = 'interop';
const ADDRESS = '203.0.113.7';

$panel = client($url, $key);
$strict = client($url, $key, ['Abort-On' => 'error']);
$seen = [];

$plans = $panel->admin_list_plans();
$seen['plans'] = is_array($plans) && in_array('basic', $plans, true) && in_array($plan, $plans, true);
$seen['added'] = $panel->admin_add_site(DOMAIN, ADMIN, [
    'siteinfo.plan' => 'basic', 'siteinfo.email' => 'owner@interop.test', 'auth.tpasswd' => 'Tr1cky & <long>',
    'billing.invoice' => 'INTEROP-1',
]);
$rows = $panel->admin_collect([], [], [DOMAIN]);
ksort($rows[DOMAIN]);
$seen['row'] = $rows[DOMAIN];
$seen['suspended'] = $panel->admin_deactivate_site(DOMAIN, ['reason' => 'unpaid']);
$site = client($url, null, [], $panel->admin_hijack(DOMAIN));
$seen['inactive'] = $site->auth_is_inactive();
$seen['active_while_suspended'] = $panel->admin_collect(['siteinfo.plan'], ['active' => false], [DOMAIN])[DOMAIN]['active'];
$seen['activated'] = $panel->admin_activate_site(DOMAIN);
$seen['inactive_afterwards'] = $site->auth_is_inactive();
$seen['plan_changed'] = $panel->admin_edit_site(DOMAIN, ['siteinfo.plan' => $plan, ['reset' => true]]);
$seen['plan'] = $panel->admin_collect(['siteinfo.plan'], null, [DOMAIN])[DOMAIN]['siteinfo']['plan'];
$seen['password_changed'] = $panel->auth_change_password('An0ther & <long>', ADMIN, DOMAIN);

$session = $panel->admin_hijack(DOMAIN);
$site = client($url, $key, [], $session);
$seen['session_length'] = strlen($session);
$seen['site_whoami'] = $site->common_whoami();
$seen['site_domain'] = $site->auth_session_info()['domain'];
$seen['site_refused'] = fault(fn() => $site->admin_list_plans());
$seen['quota_keys'] = sorted_keys($site->site_get_account_quota());
$seen['quota_is_int'] = is_int($site->site_get_account_quota()['qhard']);
$seen['bandwidth_keys'] = sorted_keys($site->site_get_bandwidth_usage());
$seen['bandwidth_is_number'] = is_numeric($site->site_get_bandwidth_usage()['used']);

$seen['banned'] = $panel->rampart_ban(ADDRESS, 'sshd');
$seen['is_banned'] = $panel->rampart_is_banned(ADDRESS);
$seen['banned_services'] = $panel->rampart_banned_services(ADDRESS);
$seen['unbanned'] = $panel->rampart_unban(ADDRESS);
$seen['is_banned_afterwards'] = $panel->rampart_is_banned(ADDRESS);
$seen['banned_services_afterwards'] = $panel->rampart_banned_services(ADDRESS);

$seen['deleted'] = $panel->admin_delete_site(DOMAIN);
$seen['rows_afterwards'] = $panel->admin_collect([], [], [DOMAIN]);

$seen['unknown_method'] = fault(fn() => $panel->admin_no_such_thing());
$seen['refused'] = fault(fn() => $strict->rampart_ban(ADDRESS, 'nosuch'));
$seen['refused_quietly'] = $panel->rampart_ban(ADDRESS, 'nosuch');
$seen['wrong_key'] = fault(fn() => client($url, str_repeat('0', 64))->common_whoami());
report($seen);
