<?php
// What the PHP drivers share: a client made as the vendor's Util_API makes one, and small tools.
// PANEL_SOAP=1.2 makes it speak SOAP 1.2, PANEL_WSDL=none makes it do without a description.
error_reporting(E_ALL);
set_error_handler(static function (int $level, string $text, string $file, int $line): bool {
    throw new ErrorException($text, 0, $level, $file, $line);
});
ini_set('soap.wsdl_cache_enabled', '0');

function context(array $headers)
{
    $http = ['header' => array_map(fn($k, $v) => "$k: $v", array_keys($headers), $headers)];
    $ssl = getenv('PANEL_CA') ? ['cafile' => getenv('PANEL_CA'), 'verify_peer' => true] : [];
    return stream_context_create(['http' => $http, 'ssl' => $ssl]);
}

function client(string $base, ?string $key, array $headers = [], ?string $session = null, string $wsdl = '/apnscp.wsdl'): SoapClient
{
    $client = new SoapClient(getenv('PANEL_WSDL') === 'none' ? null : $base . $wsdl, [
        'soap_version' => getenv('PANEL_SOAP') === '1.2' ? SOAP_1_2 : SOAP_1_1,
        'location' => $base . '/soap' . ($key === null ? '' : '?authkey=' . $key),
        'uri' => 'urn:net.apnscp.soap',
        'connection_timeout' => 10,
        'keep_alive' => false,
        'trace' => true,
        'stream_context' => context($headers),
    ]);
    if ($session !== null) {
        $client->__setCookie('esprit_id', $session);
    }
    return $client;
}

function fault(callable $call): string
{
    try {
        $call();
    } catch (SoapFault $fault) {
        return $fault->getMessage();
    }
    return 'no fault';
}

function report(array $seen): void
{
    echo json_encode($seen, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION), "\n";
}

function sorted_keys(array $map): array
{
    $keys = array_keys($map);
    sort($keys);
    return $keys;
}
