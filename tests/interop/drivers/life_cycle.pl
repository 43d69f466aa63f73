#!/usr/bin/perl
# An account's life through SOAP::Lite. Usage: perl life_cycle.pl URL KEY PLAN
use strict;
use warnings;
use JSON::PP;
use Scalar::Util 'looks_like_number';
use SOAP::Lite;

my ($url, $key, $plan) = @ARGV;
my ($domain, $admin, $address) = ('interop.test', 'interop', '203.0.113.7');

# One client; `call` answers the value of `return`, `fault` the fault string.
package Panel {
    sub new {
        my ($class, %options) = @_;
        my $query = $options{key} ? "?authkey=$options{key}" : '';
        my $soap = SOAP::Lite->uri('urn:net.apnscp.api')->proxy("$url/soap$query", timeout => 20);
        $soap->transport->http_request->header('Abort-On' => $options{abort_on}) if $options{abort_on};
        $soap->transport->http_request->header('Cookie' => "esprit_id=$options{session}") if $options{session};
        $soap->on_fault(sub { my (undef, $answer) = @_; return ref $answer ? $answer : die "No SOAP answer\n" });
        return bless { soap => $soap }, $class;
    }
    sub answer {
        my ($self, $method, @parts) = @_;
        my @data;
        while (my ($name, $value) = splice @parts, 0, 2) {
            my $data = SOAP::Data->name($name)->value($value);
            $data->type('string') unless ref $value;
            push @data, $data;
        }
        return $self->{soap}->call($method, @data);
    }
    sub call {
        my $answer = shift->answer(@_);
        die $answer->faultstring, "\n" if $answer->fault;
        return $answer->result;
    }
    sub fault {
        my $answer = shift->answer(@_);
        return $answer->fault ? $answer->faultstring : 'no fault';
    }
}

package main;

# Perl has no booleans and no types to lose: what is true is true, numbers are made numbers.
sub bool { return $_[0] && $_[0] ne 'false' ? JSON::PP::true : JSON::PP::false }

my $panel = Panel->new(key => $key);
my $strict = Panel->new(key => $key, abort_on => 'error');
my %seen;

my %plans = map { $_ => 1 } @{ $panel->call('admin_list_plans') };
$seen{plans} = bool($plans{basic} && $plans{$plan});
$seen{added} = bool($panel->call('admin_add_site', domain => $domain, admin => $admin, opts => {
    'siteinfo.plan' => 'basic', 'siteinfo.email' => 'owner@interop.test', 'auth.tpasswd' => 'Tr1cky & <long>',
    'billing.invoice' => 'INTEROP-1',
}));
my $rows = $panel->call('admin_collect', params => [], query => {}, sites => [$domain]);
$rows->{$domain}{active} = bool($rows->{$domain}{active});
$seen{row} = $rows->{$domain};
$seen{suspended} = bool($panel->call('admin_deactivate_site', site => $domain, flags => { reason => 'unpaid' }));
my $site = Panel->new(session => $panel->call('admin_hijack', site => $domain));
$seen{inactive} = bool($site->call('auth_is_inactive'));
$rows = $panel->call('admin_collect', params => ['siteinfo.plan'], query => { active => 0 }, sites => [$domain]);
$seen{active_while_suspended} = bool($rows->{$domain}{active});
$seen{activated} = bool($panel->call('admin_activate_site', site => $domain));
$seen{inactive_afterwards} = bool($site->call('auth_is_inactive'));
$seen{plan_changed} = bool($panel->call('admin_edit_site', site => $domain,
    opts => { 'siteinfo.plan' => $plan }, flags => { reset => 1 }));
$seen{plan} = $panel->call('admin_collect', params => ['siteinfo.plan'], sites => [$domain])->{$domain}{siteinfo}{plan};
$seen{password_changed} = bool($panel->call('auth_change_password',
    password => 'An0ther & <long>', user => $admin, domain => $domain));

my $session = $panel->call('admin_hijack', site => $domain);
$site = Panel->new(key => $key, session => $session);
$seen{session_length} = length $session;
$seen{site_whoami} = $site->call('common_whoami');
$seen{site_domain} = $site->call('auth_session_info')->{domain};
$seen{site_refused} = $site->fault('admin_list_plans');
my $quota = $site->call('site_get_account_quota');
$seen{quota_keys} = [sort keys %$quota];
$seen{quota_is_int} = bool($quota->{qhard} =~ /^\d+$/);
my $bandwidth = $site->call('site_get_bandwidth_usage');
$seen{bandwidth_keys} = [sort keys %$bandwidth];
$seen{bandwidth_is_number} = bool(looks_like_number($bandwidth->{used}));

$seen{banned} = bool($panel->call('rampart_ban', ip => $address, jail => 'sshd'));
$seen{is_banned} = bool($panel->call('rampart_is_banned', ip => $address));
$seen{banned_services} = $panel->call('rampart_banned_services', ip => $address);
$seen{unbanned} = bool($panel->call('rampart_unban', ip => $address));
$seen{is_banned_afterwards} = bool($panel->call('rampart_is_banned', ip => $address));
$seen{banned_services_afterwards} = $panel->call('rampart_banned_services', ip => $address);

$seen{deleted} = bool($panel->call('admin_delete_site', site => $domain));
$seen{rows_afterwards} = $panel->call('admin_collect', params => {}, query => {}, sites => [$domain]);

$seen{unknown_method} = $panel->fault('admin_no_such_thing');
$seen{refused} = $strict->fault('rampart_ban', ip => $address, jail => 'nosuch');
$seen{refused_quietly} = bool($panel->call('rampart_ban', ip => $address, jail => 'nosuch'));
$seen{wrong_key} = Panel->new(key => '0' x 64)->fault('common_whoami');
print JSON::PP->new->canonical->pretty->encode(\%seen);
