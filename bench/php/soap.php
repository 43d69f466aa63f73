<?php
// PHP's own SoapServer behind php-fpm: the same operation, no database; soap.wsdl_cache says where the description is kept.
class Panel
{
    public function common_whoami(): string
    {
        return 'admin';
    }
}
$server = new SoapServer(getenv('BENCH_WSDL') ?: $_SERVER['BENCH_WSDL']);
$server->setObject(new Panel());
$server->handle();
