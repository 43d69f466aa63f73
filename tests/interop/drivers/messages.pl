#!/usr/bin/perl
# A refusal without Abort-On: its text is in the header block, the value is false. Usage: perl messages.pl URL KEY
use strict;
use warnings;
use JSON::PP;
use SOAP::Lite;

my ($url, $key) = @ARGV;
my $answer = SOAP::Lite->uri('urn:net.apnscp.api')->proxy("$url/soap?authkey=$key", timeout => 20)->call(
    'rampart_ban', map { SOAP::Data->name(@$_)->type('string') } ([ip => '203.0.113.7'], [jail => 'nosuch']));
die $answer->faultstring if $answer->fault;
my $value = $answer->result;
print encode_json({
    value => $value && $value ne 'false' ? JSON::PP::true : JSON::PP::false,
    header => join(' ', $answer->dataof('//Header/messages/message')->value // '') =~ /Unknown jail `nosuch'/
        ? JSON::PP::true : JSON::PP::false,
});
