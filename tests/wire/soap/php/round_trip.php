<?php
// Reads lines of base64 and answers a line for each.
//   client: a response of ours -> the request in which PHP's client sends the decoded value back
//   server: a request of ours -> what PHP's server answers when it echoes the decoded value

error_reporting(E_ALL);
set_error_handler(function (int $number, string $text): bool { throw new ErrorException($text); });

class Loopback extends SoapClient
{
    public string $answer = '';
    public string $sent = '';

    public function __doRequest($request, $location, $action, $version, $oneWay = false): ?string
    {
        $this->sent = $request;
        return $this->answer;
    }
}

class Echoes
{
    public function test_echo(mixed $v): mixed
    {
        return $v;
    }
}

function from_client(string $answer): string
{
    static $client = null;
    $client ??= new Loopback(null, ['location' => 'http://127.0.0.1/', 'uri' => 'urn:net.apnscp.api']);
    $client->answer = $answer;
    $value = $client->__soapCall('test_echo', []);
    $client->__soapCall('test_echo', [new SoapParam($value, 'v')]);
    return $client->sent;
}

function from_server(string $request): string
{
    $server = new SoapServer(null, ['uri' => 'urn:net.apnscp.api']);
    $server->setClass('Echoes');
    ob_start();
    $server->handle($request);
    return ob_get_clean();
}

$answer = ['client' => 'from_client', 'server' => 'from_server'][$argv[1]];
$out = '';
while (($line = fgets(STDIN)) !== false) {
    $out .= base64_encode($answer(base64_decode($line))) . "\n";
}
echo $out;
