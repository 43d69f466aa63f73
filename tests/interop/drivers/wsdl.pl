#!/usr/bin/perl
# SOAP::Lite with stubs made from the description. Usage: perl wsdl.pl URL KEY
use strict;
use warnings;
use JSON::PP;
use SOAP::Lite;

my ($url, $key) = @ARGV;
my $panel = SOAP::Lite->service("$url/apnscp.wsdl");
$panel->proxy("$url/soap?authkey=$key");
my $saved = $panel->common_save_preferences({ text => 'a & b <c>' });
print JSON::PP->new->canonical->pretty->encode({
    whoami => $panel->common_whoami,
    saved => $saved && $saved ne 'false' ? JSON::PP::true : JSON::PP::false,
    loaded => $panel->common_load_preferences->{text},
    usage => ref $panel->admin_get_usage('storage', []) ? JSON::PP::true : JSON::PP::false,
});
