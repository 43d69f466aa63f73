<?php
// A refusal without Abort-On: its text is in the header block, the value is false. Usage: php messages.php URL KEY
require __DIR__ . '/panel.php';
$panel = client($argv[1], $argv[2]);
$value = $panel->rampart_ban('203.0.113.7', 'nosuch');
report(['value' => $value, 'header' => str_contains($panel->__getLastResponse(), "Unknown jail `nosuch'")]);
