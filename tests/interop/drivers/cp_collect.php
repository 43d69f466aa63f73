<?php
// The calls of cp-collect: the key in a header alone, site numbers cut out of the keys. Usage: php cp_collect.php URL KEY
require __DIR__ . '/panel.php';
[, $url, $key] = $argv;
$headers = ['Auth-Key' => $key, 'Abort-On' => 'error', 'X-Forwarded-For' => '203.0.113.50', 'Connection' => 'close'];
$panel = client($url, null, $headers, null, '//apnscp.wsdl');
$rows = $panel->admin_collect(['billing.invoice', 'billing.parent_invoice', 'siteinfo.domain']);
$domains = $panel->admin_get_domains();
$seen = ['sites' => count($rows) === count($domains), 'numbers' => true, 'invoices' => []];
foreach ($rows as $id => $row) {
    $number = (int)substr($id, 4);
    $seen['numbers'] = $seen['numbers'] && $domains[$number] === $row['siteinfo']['domain'];
    $seen['invoices'][$row['domain']] = $row['billing']['invoice'] ?? $row['billing']['parent_invoice'];
}
ksort($seen['invoices']);
$dashed = implode('-', str_split($key, 8));
$seen['dashed_key'] = client($url, null, ['Auth-Key' => $dashed])->common_whoami() === $panel->common_whoami();
report($seen);
