<?php
// What PHP clients check with `===`, `is_array` and the like. Usage: php types.php URL KEY
require __DIR__ . '/panel.php';
[, $url, $key] = $argv;
$panel = client($url, $key);
$panel->admin_add_site('types.test', 'typesadm', ['siteinfo.plan' => 'basic', 'rampart.enabled' => true]);
$all = $panel->admin_collect(null, null, ['types.test'])['types.test'];
$quota = client($url, null, [], $panel->admin_hijack('types.test'))->site_get_account_quota();
$seen = [
    'rampart_enabled_is_int_1' => $all['rampart']['enabled'] === 1,
    'active_is_true' => $all['active'] === true,
    'domain_is_text' => $all['domain'] === 'types.test',
    'aliases_is_empty_array' => $all['aliases']['aliases'] === [],
    'parent_invoice_is_null' => array_key_exists('parent_invoice', $all['billing']) && $all['billing']['parent_invoice'] === null,
    'ctime_is_int' => is_int($all['billing']['ctime']),
    'quota_is_int' => is_int($quota['qused']) && is_int($quota['qsoft']) && is_int($quota['qhard']),
    'plans_are_a_list' => array_is_list($panel->admin_list_plans()),
    'domains_have_int_keys' => array_filter(array_keys($panel->admin_get_domains()), 'is_int') !== [],
    'unknown_site_is_empty_array' => $panel->admin_collect([], [], ['nowhere.test']) === [],
    'free_address_is_empty_array' => $panel->rampart_banned_services('198.51.100.9') === [],
    'default_keys_are_site_ids' => array_values(array_filter(
        array_keys($panel->admin_collect()), fn($key) => !preg_match('/^site\d+$/', $key)
    )) === [],
    'jails_are_texts' => array_filter($panel->rampart_get_jails(), 'is_string') === $panel->rampart_get_jails(),
    'mutators_answer_true' => $panel->admin_edit_site('types.test', ['siteinfo.email' => 'a@types.test']) === true,
    'uptime_is_text' => is_string($panel->common_get_uptime()),
    'deleted' => $panel->admin_delete_site('types.test') === true,
];
report($seen);
