<?php
// The calls of WHMCS modules of several years. Usage: php whmcs.php URL KEY
require __DIR__ . '/panel.php';
[, $url, $key] = $argv;
$seen = [];

// 2019 and 2020: their own PHP session id travels as esprit_id beside the key.
$old = client($url, $key, ['Abort-On' => 'error'], 'q1w2e3r4t5y6u7i8o9p0a1s2d3');
$seen['foreign_session_ignored'] = $old->common_whoami() === client($url, $key)->common_whoami();
$empty = client($url, $key, ['Abort-On' => 'error'], '');
$seen['empty_session_ignored'] = $empty->common_whoami() === client($url, $key)->common_whoami();

$panel = client($url, $key, ['Abort-On' => 'error']);
$seen['created'] = $panel->admin_add_site('whmcs.test', 'whmcsadm', [
    'siteinfo.plan' => 'basic', 'siteinfo.email' => 'owner@whmcs.test', 'auth.tpasswd' => 'W0rld-peace-9',
    'mysql.dbaseadmin' => 'whmcsadm', 'mysql.dbaseprefix' => 'whmcsadm_',
    'pgsql.dbaseadmin' => 'whmcsadm', 'pgsql.dbaseprefix' => 'whmcsadm_',
    'billing.invoice' => 'WHMCS-7',
]);

// UsageUpdate: two answers joined by the same key.
$rows = $panel->admin_collect(['siteinfo.domain', 'bandwidth.enabled']);
$storage = $panel->admin_get_usage('storage');
$bandwidth = $panel->admin_get_usage('bandwidth');
$seen['every_row_has_usage'] = array_diff_key($rows, $storage) === [] && array_diff_key($rows, $bandwidth) === [];
$mine = array_search('whmcs.test', array_column($rows, 'domain', null), true);
$site = array_keys($rows)[$mine];
$seen['megabytes'] = is_numeric($storage[$site]['qused'] / 1024) && is_numeric($bandwidth[$site]['sum'] / 1024 ** 2);
$seen['limits'] = isset($storage[$site]['qhard']) && array_key_exists('threshold', $bandwidth[$site]);

// 2022 and 2026: the firewall hook indexes by the domain it asked for.
$row = $panel->admin_collect(['rampart'], null, ['whmcs.test']);
$seen['rampart_by_domain'] = is_int($row['whmcs.test']['rampart']['enabled']);

$seen['suspended'] = $panel->admin_deactivate_site('whmcs.test', ['reason' => 'Overdue on Payment']);
$seen['unsuspended'] = $panel->admin_activate_site('whmcs.test');
$seen['nothing_to_purge'] = $panel->admin_delete_site(null, ['since' => '30 days ago', 'match' => '^no such reason$', 0 => 'dry-run']);
$seen['deleted'] = $panel->admin_delete_site('whmcs.test', ['force' => true]);
$text = fault(fn() => $panel->admin_delete_site('whmcs.test', ['force' => true]));
$seen['second_delete_has_text'] = $text !== '' && $text !== 'no fault';
report($seen);
