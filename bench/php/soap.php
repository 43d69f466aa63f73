<?php
// PHP's own SoapServer behind php-fpm: the same operation, no database, the description kept in memory.
class Panel
{
    public function common_whoami(): string
    {
        return 'admin';
    }
}
$server = new SoapServer(getenv('BENCH_WSDL') ?: $_SERVER['BENCH_WSDL'], ['cache_wsdl' => WSDL_CACHE_MEMORY]);
$server->setObject(new Panel());
$server->handle();
