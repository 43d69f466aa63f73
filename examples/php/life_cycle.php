<?php
/**
 * An account's life through PHP's SoapClient: create, look up, suspend, enter, activate, delete.
 *
 * The address and the key come from the environment, as `apnscpd env` prints them.
 */
declare(strict_types=1);

$url = getenv('APNSCP_URL') ?: 'http://localhost:2082';
$key = getenv('APNSCP_KEY') ?: '';

/** Make a client: with an API key, or within a session that admin_hijack opened. */
function panel(string $url, string $key, ?string $session = null): SoapClient
{
    $headers = ['Abort-On: error'];
    if ($session !== null) {
        $headers[] = "Cookie: esprit_id=$session";
    }
    return new SoapClient("$url/apnscp.wsdl", [
        'location' => "$url/soap?authkey=$key",
        'uri' => 'urn:net.apnscp.soap',
        'cache_wsdl' => WSDL_CACHE_NONE,
        'stream_context' => stream_context_create(['http' => ['header' => implode("\r\n", $headers)]]),
    ]);
}

$panel = panel($url, $key);
$panel->admin_add_site('php-example.com', 'php-example', [
    'siteinfo.plan' => 'basic',
    'siteinfo.email' => 'customer@example.com',
    'billing.invoice' => 'PHP-1',
]);
$account = $panel->admin_collect(['siteinfo.plan', 'rampart'], null, ['php-example.com'])['php-example.com'];
printf("created   %s on plan %s\n", $account['domain'], $account['siteinfo']['plan']);

$panel->admin_deactivate_site('php-example.com', ['reason' => 'Invoice PHP-1 is overdue']);
$session = $panel->admin_hijack('php-example.com', null, 'UI');
$site = panel($url, $key, $session);
printf("suspended %s, its administrator is %s\n", var_export($site->auth_is_inactive(), true), $site->common_whoami());
printf("sign on   %s/apps/dashboard?esprit_id=%s\n", $url, $session);

$panel->admin_activate_site('php-example.com');
printf("suspended %s\n", var_export($site->auth_is_inactive(), true));

try {
    $panel->admin_add_site('php-example.com', 'someone-else');
} catch (SoapFault $fault) {
    printf("refused   %s\n", $fault->getMessage());
}

$panel->admin_delete_site('php-example.com');
printf("deleted   %s\n", var_export($panel->admin_collect([], null, ['php-example.com']) === [], true));
