<?php
// PHP's own SoapServer behind `php -S`: the mode is the first word of the path, `/wsdl' (with the description that the
// environment variable WSDL names) or `/none' (without one); a second word is the server's own soap_version.

class Methods
{
    // An array for every structure: PHP would answer what it calls a Struct as one.
    private static function arrays(mixed $value): mixed
    {
        return is_array($value) || is_object($value) ? array_map(self::arrays(...), (array) $value) : $value;
    }

    public function test_echo(mixed $v = null): mixed
    {
        return self::arrays($v);
    }

    public function test_fault(mixed $v = null): mixed
    {
        throw new SoapFault('Server', $v);
    }

    public function test_detail(mixed $v = null): mixed
    {
        throw new SoapFault('Client', 'Bad', null, $v);
    }
}

[, $mode, $version] = explode('/', $_SERVER['REQUEST_URI']) + [2 => '1'];
$options = ['uri' => 'urn:net.apnscp.api', 'cache_wsdl' => WSDL_CACHE_NONE, 'soap_version' => (int) $version];
$server = new SoapServer($mode === 'wsdl' ? getenv('WSDL') : null, $options);
$server->setClass('Methods');
$server->handle();
