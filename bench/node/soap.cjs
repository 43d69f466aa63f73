// node-soap in two processes: common_whoami, no database. Usage: node soap.cjs WSDL PORT NODE_MODULES
const cluster = require('node:cluster');
const fs = require('node:fs');
const http = require('node:http');
const { createRequire } = require('node:module');

const [, , wsdl, port, modules] = process.argv;
if (cluster.isPrimary) {
  for (let worker = 0; worker < 2; worker += 1) cluster.fork();
  process.on('SIGTERM', () => process.exit(0));
} else {
  const soap = createRequire(`${modules}/`)('soap');
  const server = http.createServer((request, response) => response.end());
  server.keepAliveTimeout = 60000;
  server.listen(Number(port), '127.0.0.1', () => {
    const methods = { common_whoami: () => ({ return: { $value: 'admin' } }) };
    soap.listen(server, '/soap', { apnscp: { apnscpPort: methods } }, fs.readFileSync(wsdl, 'utf8'));
  });
}
