<?php
// PHP's SoapServer in one process: admin_collect over a table in SQLite. Usage: php collect.php WSDL DATABASE REQUEST RUNS
// Prints the milliseconds of each run, then the number of rows in the last answer.
[, $wsdl, $database, $request, $runs] = $argv;

class Panel
{
    public function __construct(private SQLite3 $store)
    {
    }

    public function admin_collect(?array $params = [], ?array $query = [], ?array $sites = []): array
    {
        $rows = [];
        $found = $this->store->query('SELECT id, domain, active, email, admin_user, aliases, invoice, parent FROM sites');
        while ($row = $found->fetchArray(SQLITE3_ASSOC)) {
            $rows['site' . $row['id']] = [
                'siteinfo' => ['email' => $row['email'], 'admin_user' => $row['admin_user']],
                'aliases' => ['aliases' => json_decode($row['aliases'], true)],
                'billing' => ['invoice' => $row['invoice'], 'parent_invoice' => $row['parent']],
                'active' => (bool)$row['active'],
                'domain' => $row['domain'],
            ];
        }
        return $rows;
    }
}

$body = file_get_contents($request);
$times = [];
for ($run = 0; $run < (int)$runs; $run++) {
    $start = hrtime(true);
    $server = new SoapServer($wsdl, ['cache_wsdl' => WSDL_CACHE_MEMORY]);
    $server->setObject(new Panel(new SQLite3($database, SQLITE3_OPEN_READONLY)));
    ob_start();
    $server->handle($body);
    $answer = ob_get_clean();
    $times[] = (hrtime(true) - $start) / 1e6;
}
fwrite(STDERR, json_encode(['ms' => $times, 'rows' => substr_count($answer, '>domain</key>')]));
