#!/usr/bin/perl
# SOAP::Lite with stubs made from the description. Usage: perl wsdl.pl URL KEY
# The stubs call the address that the description holds, so the key is put there.
use strict;
use warnings;
use File::Temp;
use JSON::PP;
use LWP::UserAgent;
use SOAP::Lite;

my ($url, $key) = @ARGV;
my $wsdl = LWP::UserAgent->new->get("$url/apnscp.wsdl?modules=admin,auth,common")->decoded_content;
$wsdl =~ s/(location="[^"]*)"/$1?authkey=$key"/ or die "No address in the description\n";
my $file = File::Temp->new(SUFFIX => '.wsdl');
binmode $file, ':encoding(UTF-8)';
print $file $wsdl;
close $file;

my $panel = SOAP::Lite->service('file://' . $file->filename);
sub bool { return $_[0] && $_[0] ne 'false' ? JSON::PP::true : JSON::PP::false }
my $saved = $panel->common_save_preferences({ text => 'a & b <c>' });
print JSON::PP->new->canonical->pretty->encode({
    whoami => $panel->common_whoami,
    saved => bool($saved),
    loaded => $panel->common_load_preferences->{text},
    text_part => bool($panel->auth_change_password('Amp & <ersand> 9')),
    usage => bool(ref $panel->admin_get_usage('storage', [])),
});
