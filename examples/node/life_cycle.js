// An account's life through the package soap: create, look up, suspend, enter, activate, delete.
// The address and the key come from the environment, as `apnscpd env` prints them.
'use strict';

const soap = require('soap');

const url = process.env.APNSCP_URL ?? 'http://localhost:2082';
const key = process.env.APNSCP_KEY ?? '';

// The package gives typed values as structures of its own; this makes plain ones of them.
function plain(value) {
  if (typeof value !== 'object') return value ?? null;
  if (value === null || value.attributes?.['xsi:nil'] === 'true') return null;
  const type = (value.attributes?.['xsi:type'] ?? '').replace(/^.*:/, '');
  const items = value.item === undefined ? [] : [value.item].flat();
  if (type === 'Map') return Object.fromEntries(items.map((item) => [plain(item.key), plain(item.value)]));
  if (type === 'Array') return items.map(plain);
  if (type === 'boolean') return String(value.$value) === 'true';
  if (type === 'int' || type === 'float') return Number(value.$value);
  return value.$value ?? '';
}

// Make a function that calls methods: with an API key, or within a session that admin_hijack opened.
async function connect(session) {
  const client = await soap.createClientAsync(`${url}/apnscp.wsdl`);
  client.setEndpoint(session ? `${url}/soap` : `${url}/soap?authkey=${key}`);
  client.addHttpHeader('Abort-On', 'error');
  if (session) client.addHttpHeader('Cookie', `esprit_id=${session}`);
  return async (method, parts = null) => {
    const [answer] = await client[`${method}Async`](parts);
    return plain(answer?.return ?? null);
  };
}

const list = (...items) => ({ item: items });

async function main() {
  const site = 'node-example.com';
  const panel = await connect();
  await panel('admin_add_site', {
    domain: site,
    admin: 'node-example',
    opts: { 'siteinfo.plan': 'basic', 'siteinfo.email': 'customer@example.com', 'billing.invoice': 'NODE-1' },
  });
  const found = await panel('admin_collect', { params: list('siteinfo.plan'), query: {}, sites: list(site) });
  console.log(`created   ${found[site].domain} on plan ${found[site].siteinfo.plan}`);

  await panel('admin_deactivate_site', { site, flags: { reason: 'Invoice NODE-1 is overdue' } });
  const customer = await connect(await panel('admin_hijack', { site }));
  console.log(`suspended ${await customer('auth_is_inactive')}, its administrator is ${await customer('common_whoami')}`);

  await panel('admin_activate_site', { site });
  console.log(`suspended ${await customer('auth_is_inactive')}`);

  try {
    await panel('admin_add_site', { domain: site, admin: 'someone-else' });
  } catch (error) {
    const text = error.root?.Envelope?.Body?.Fault?.faultstring;
    console.log(`refused   ${text?.$value ?? text ?? error.message}`);
  }

  await panel('admin_delete_site', { site });
  const left = await panel('admin_collect', { params: {}, query: {}, sites: list(site) });
  console.log(`deleted   ${left.length === 0}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
