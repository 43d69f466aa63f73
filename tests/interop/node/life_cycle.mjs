// An account's life through node-soap, in SOAP 1.2 with PANEL_SOAP=1.2. Usage: node life_cycle.mjs URL KEY PLAN
import soap from 'soap';

const [url, key, plan] = process.argv.slice(2);
const DOMAIN = 'interop.test';
const ADMIN = 'interop';
const ADDRESS = '203.0.113.7';

// node-soap hands typed values over as its own structures: Map items, Array items, $value beside attributes.
function plain(value) {
  if (typeof value !== 'object') return value ?? null;
  if (value === null) return null;
  const attributes = value.attributes ?? {};
  if (attributes['xsi:nil'] === 'true') return null;
  const type = (attributes['xsi:type'] ?? '').replace(/^.*:/, '');
  const items = value.item === undefined ? [] : [].concat(value.item);
  if (type === 'Map') return Object.fromEntries(items.map((item) => [plain(item.key), plain(item.value)]));
  if (type === 'Array') return items.map(plain);
  if (type === 'boolean') return String(value.$value) === 'true';
  if (type === 'int' || type === 'float') return Number(value.$value);
  return value.$value ?? '';
}

class Panel {
  static async connect({ key: authkey, session, headers = {} }) {
    const panel = new Panel();
    const forceSoap12Headers = process.env.PANEL_SOAP === '1.2';
    panel.client = await soap.createClientAsync(`${url}/apnscp.wsdl`, { forceSoap12Headers });
    panel.client.setEndpoint(`${url}/soap${authkey ? `?authkey=${authkey}` : ''}`);
    for (const [name, value] of Object.entries(headers)) panel.client.addHttpHeader(name, value);
    if (session) panel.client.addHttpHeader('Cookie', `esprit_id=${session}`);
    return panel;
  }

  // A method without parts takes null: node-soap knows rpc messages by their parts.
  async call(method, args = null) {
    const [answer] = await this.client[`${method}Async`](args);
    return plain(answer?.return ?? null);
  }

  async fault(method, args = null) {
    try {
      await this.call(method, args);
    } catch (error) {
      const said = error.root?.Envelope?.Body?.Fault;
      return said?.faultstring?.$value ?? said?.faultstring ?? said?.Reason?.Text ?? String(error);
    }
    return 'no fault';
  }
}

const sorted = (map) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
const list = (...items) => ({ item: items });

const panel = await Panel.connect({ key });
const strict = await Panel.connect({ key, headers: { 'Abort-On': 'error' } });
const seen = {};

const plans = await panel.call('admin_list_plans');
seen.plans = Array.isArray(plans) && plans.includes('basic') && plans.includes(plan);
seen.added = await panel.call('admin_add_site', {
  domain: DOMAIN,
  admin: ADMIN,
  opts: {
    'siteinfo.plan': 'basic',
    'siteinfo.email': 'owner@interop.test',
    'auth.tpasswd': 'Tr1cky & <long>',
    'billing.invoice': 'INTEROP-1',
  },
});
const collect = (params = {}, query = {}) => panel.call('admin_collect', { params, query, sites: list(DOMAIN) });
seen.row = sorted((await collect())[DOMAIN]);
seen.suspended = await panel.call('admin_deactivate_site', { site: DOMAIN, flags: { reason: 'unpaid' } });
let site = await Panel.connect({ session: await panel.call('admin_hijack', { site: DOMAIN }) });
seen.inactive = await site.call('auth_is_inactive');
seen.active_while_suspended = (await collect(list('siteinfo.plan'), { active: false }))[DOMAIN].active;
seen.activated = await panel.call('admin_activate_site', { site: DOMAIN });
seen.inactive_afterwards = await site.call('auth_is_inactive');
seen.plan_changed = await panel.call('admin_edit_site', {
  site: DOMAIN,
  opts: { 'siteinfo.plan': plan },
  flags: { reset: true },
});
seen.plan = (await collect(list('siteinfo.plan')))[DOMAIN].siteinfo.plan;
seen.password_changed = await panel.call('auth_change_password', {
  password: 'An0ther & <long>', user: ADMIN, domain: DOMAIN,
});

const session = await panel.call('admin_hijack', { site: DOMAIN, user: undefined, gate: undefined });
site = await Panel.connect({ key, session });
seen.session_length = session.length;
seen.site_whoami = await site.call('common_whoami');
seen.site_domain = (await site.call('auth_session_info')).domain;
seen.site_refused = await site.fault('admin_list_plans');
const quota = await site.call('site_get_account_quota');
seen.quota_keys = Object.keys(quota).sort();
seen.quota_is_int = Number.isInteger(quota.qhard);
const bandwidth = await site.call('site_get_bandwidth_usage');
seen.bandwidth_keys = Object.keys(bandwidth).sort();
seen.bandwidth_is_number = Number.isFinite(bandwidth.used);

seen.banned = await panel.call('rampart_ban', { ip: ADDRESS, jail: 'sshd' });
seen.is_banned = await panel.call('rampart_is_banned', { ip: ADDRESS });
seen.banned_services = await panel.call('rampart_banned_services', { ip: ADDRESS });
seen.unbanned = await panel.call('rampart_unban', { ip: ADDRESS });
seen.is_banned_afterwards = await panel.call('rampart_is_banned', { ip: ADDRESS });
seen.banned_services_afterwards = await panel.call('rampart_banned_services', { ip: ADDRESS });

seen.deleted = await panel.call('admin_delete_site', { site: DOMAIN });
seen.rows_afterwards = await collect();

seen.unknown_method = typeof panel.client.admin_no_such_thing;
seen.refused = await strict.fault('rampart_ban', { ip: ADDRESS, jail: 'nosuch' });
seen.refused_quietly = await panel.call('rampart_ban', { ip: ADDRESS, jail: 'nosuch' });
seen.wrong_key = await (await Panel.connect({ key: '0'.repeat(64) })).fault('common_whoami');
console.log(JSON.stringify(seen, null, 2));
