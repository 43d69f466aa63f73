<?php
// The calls of Clientexec's plugin: a doubled slash before the description, names in any case. Usage: php clientexec.php URL KEY PLAN
require __DIR__ . '/panel.php';
[, $url, $key, $plan] = $argv;
$panel = client($url, $key, ['Abort-On' => 'error'], null, '//apnscp.wsdl');
$seen = ['created' => $panel->admin_add_site('ClientExec.Test', 'cexecadm', [
    'siteinfo.domain' => 'clientexec.test', 'siteinfo.email' => 'owner@clientexec.test',
    'siteinfo.plan' => 'basic', 'auth.tpasswd' => 'Gr8-expectations',
])];
$rows = $panel->admin_collect([], [], ['clientexec.test']);
$seen['count'] = count($rows);
$seen['active'] = (bool)$rows['clientexec.test']['active'];
$seen['available_actions'] = $rows['clientexec.test']['active'] ? 'Suspend' : 'UnSuspend';
$seen['suspended'] = $panel->admin_deactivate_site('clientexec.test');
$seen['actions_while_suspended'] =
    $panel->admin_collect([], [], ['clientexec.test'])['clientexec.test']['active'] ? 'Suspend' : 'UnSuspend';
$seen['unsuspended'] = $panel->admin_activate_site('clientexec.test');
$seen['plan_changed'] = $panel->admin_edit_site('clientexec.test', ['siteinfo.plan' => $plan], ['reset' => 'true']);
$seen['hijacked'] = strlen($panel->admin_hijack('ClientExec.Test', null, 'UI'));
$seen['deleted'] = $panel->admin_delete_site('clientexec.test');
$seen['count_afterwards'] = count($panel->admin_collect([], [], ['clientexec.test']));
report($seen);
