<?php
// Reads lines of base64, each a request, and answers a line of JSON for each: the arguments that PHP's server reads.
// Takes the file of the description. A request that PHP refuses ends the run, so none may be among them.

error_reporting(E_ALL);
set_error_handler(function (int $number, string $text): bool { throw new ErrorException($text); });

// The same form as `canonical' in test_php_reading.py: the kind of a value and its text, so that JSON loses nothing.
function canonical(mixed $value): array
{
    if (is_object($value) || is_array($value)) {
        $pairs = [];
        foreach ((array) $value as $key => $item) {
            $pairs[] = [canonical($key), canonical($item)];
        }
        return ['array', $pairs];
    }
    $text = match (true) {
        is_string($value) => bin2hex($value),
        is_int($value) => (string) $value,
        default => var_export($value, true),
    };
    return [get_debug_type($value), $text];
}

// Parameters with types, so that PHP does both: reads the parts and takes them weakly.
class Reader
{
    public static ?array $read = null;

    private static function note(mixed ...$arguments): void
    {
        self::$read = array_map('canonical', $arguments);
    }

    public function test_string(?string $v = null): void { self::note($v); }
    public function test_int(?int $v = null): void { self::note($v); }
    public function test_boolean(?bool $v = null): void { self::note($v); }
    public function test_double(?float $v = null): void { self::note($v); }
    public function test_anyType(mixed $v = null): void { self::note($v); }

    public function test_all(
        ?string $string = null, ?int $int = null, ?bool $boolean = null, ?float $double = null, mixed $any = null
    ): void {
        self::note($string, $int, $boolean, $double, $any);
    }
}

$server = new SoapServer($argv[1], ['cache_wsdl' => WSDL_CACHE_NONE]);
$server->setClass('Reader');
while (($line = fgets(STDIN)) !== false) {
    ob_start();
    Reader::$read = null;
    $server->handle(base64_decode($line));
    ob_end_clean();
    fwrite(STDOUT, json_encode(Reader::$read) . "\n");
}
