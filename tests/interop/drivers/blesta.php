<?php
// The calls of Blesta's module. Usage: php blesta.php URL KEY PLAN
require __DIR__ . '/panel.php';
[, $url, $key, $plan] = $argv;
$panel = client($url, $key, ['Abort-On' => 'error']);
$seen = ['connection_test' => is_array($panel->admin_get_domains())];

// A user name that no site has: a fault says that the name is free.
$text = fault(fn() => $panel->admin_hijack('blestaadm'));
$seen['free_name_faults'] = $text !== '' && $text !== 'no fault';
$seen['created'] = $panel->admin_add_site('blesta.test', 'blestaadm', [
    'siteinfo.email' => 'owner@blesta.test', 'siteinfo.plan' => 'basic', 'auth.tpasswd' => 'S0mething-else',
]);
$seen['plan_changed'] = $panel->admin_edit_site('blesta.test', ['siteinfo.plan' => $plan, 0 => ['reset' => true]]);
$seen['plan'] = $panel->admin_collect(['siteinfo.plan'], null, ['blesta.test'])['blesta.test']['siteinfo']['plan'];
$seen['password'] = $panel->auth_change_password('S0mething-new', 'blestaadm', 'blesta.test');

// Statistics: the session travels beside the key and decides.
$statistics = client($url, $key, [], $panel->admin_hijack('blesta.test'));
$quota = $statistics->site_get_account_quota();
$usage = $statistics->site_get_bandwidth_usage();
$seen['statistics'] = is_numeric($quota['qused'] / 1024) && is_numeric($quota['qsoft'] / 1024)
    && is_numeric($usage['used']) && is_numeric($usage['total']);
$seen['site_cannot_administer'] = fault(fn() => $statistics->admin_get_domains());
$seen['suspended'] = $panel->admin_deactivate_site('blesta.test');
$seen['unsuspended'] = $panel->admin_activate_site('blesta.test');
$seen['cancelled'] = $panel->admin_delete_site('blesta.test');
report($seen);
