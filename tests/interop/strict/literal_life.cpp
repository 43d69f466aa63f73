// An account's life through gSOAP, with proxies that wsdl2h and soapcpp2 made of the description. Usage: literal_life URL KEY
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "admin.nsmap"
#include "soapadminProxy.h"
#include "soapcommonProxy.h"

using Value = ns1__Value;
using Pairs = std::vector<std::pair<std::string, Value*>>;

static soap* context;

static Value* text(const std::string& content) {
  Value* value = soap_new_ns1__Value(context);
  value->__union_Value = SOAP_UNION__ns1__union_Value_string;
  value->union_Value.string = soap_new_std__string(context);
  *value->union_Value.string = content;
  return value;
}

static Value* list(const std::vector<std::string>& texts) {
  Value* value = soap_new_ns1__Value(context);
  value->__union_Value = SOAP_UNION__ns1__union_Value_list;
  value->union_Value.list = soap_new_ns1__ValueList(context);
  for (const auto& each : texts) value->union_Value.list->item.push_back(text(each));
  return value;
}

static Value* map(const Pairs& pairs) {
  Value* value = soap_new_ns1__Value(context);
  value->__union_Value = SOAP_UNION__ns1__union_Value_map;
  value->union_Value.map = soap_new_ns1__ValueMap(context);
  for (const auto& pair : pairs) {
    ns1__ValueEntry* entry = soap_new_ns1__ValueEntry(context);
    entry->key = pair.first;
    entry->value = pair.second;
    value->union_Value.map->entry.push_back(entry);
  }
  return value;
}

static std::string quoted(const std::string& content) {
  std::string out = "\"";
  for (char each : content) {
    if (each == '"' || each == '\\') out += '\\';
    out += each;
  }
  return out + "\"";
}

static std::string json(const ns1__ValueMap& map);

static std::string json(const Value* value) {
  if (value == nullptr) return "null";
  switch (value->__union_Value) {
    case SOAP_UNION__ns1__union_Value_string: return quoted(*value->union_Value.string);
    case SOAP_UNION__ns1__union_Value_int_: return std::to_string(value->union_Value.int_);
    case SOAP_UNION__ns1__union_Value_boolean: return value->union_Value.boolean ? "true" : "false";
    case SOAP_UNION__ns1__union_Value_map: return json(*value->union_Value.map);
  }
  return "\"none of the kinds that the test looks at\"";
}

static std::string json(const ns1__ValueMap& map) {
  std::string out;
  for (const auto* entry : map.entry) out += (out.empty() ? "" : ",") + quoted(entry->key) + ":" + json(entry->value);
  return "{" + out + "}";
}

static void must(int code) {
  if (code != SOAP_OK) {
    soap_stream_fault(context, std::cerr);
    std::exit(1);
  }
}

static std::string fault(int code) {
  if (code == SOAP_OK) return "\"no fault\"";
  std::string name = *soap_faultcode(context), said = *soap_faultstring(context);
  return "[" + quoted(name.substr(name.find(':') + 1)) + "," + quoted(said) + "]";
}

static std::string truth(bool value) { return value ? "true" : "false"; }

static std::string whoami(const std::string& address, const char* header) {
  commonProxy common(context);
  context->http_extra_header = header;
  _ns3__whoami asked;
  _ns3__whoami_response answer;
  must(common.whoami(address.c_str(), nullptr, &asked, answer));
  return quoted(*answer.result);
}

static int edit(adminProxy& admin, const std::string& site, Value* options, bool strictly, bool& done) {
  _ns2__edit_site asked;
  asked.site = site;
  asked.opts = options;
  _ns2__edit_site_response answer;
  context->http_extra_header = strictly ? "Abort-On: error" : nullptr;
  int code = admin.edit_site(&asked, answer);
  done = answer.result;
  return code;
}

int main(int, char** arguments) {
  context = soap_new1(SOAP_C_UTFSTRING | SOAP_XML_TREE);
  std::string url = std::string(arguments[1]) + "/soap/literal", key = arguments[2], keyed = url + "?authkey=" + key;
  std::string site = "strict.test";
  adminProxy admin(context);
  admin.soap_endpoint = keyed.c_str();
  bool done = false;

  std::string key_header = "Auth-Key: " + key;
  std::cout << "{\"whoami\":" << whoami(url, key_header.c_str());

  _ns2__add_site add;
  add.domain = site;
  add.admin = "strict";
  add.opts = map({{"siteinfo", map({{"plan", text("basic")}, {"email", text("owner@strict.test")}})},
                  {"billing", map({{"invoice", text("Größe <€> & 1")}})}});
  _ns2__add_site_response added;
  must(admin.add_site(&add, added));
  std::cout << ",\"added\":" << truth(added.result);

  must(edit(admin, site, map({{"diskquota.quota", text("5000")}}), false, done));
  std::cout << ",\"edited\":" << truth(done);

  _ns2__collect collect;
  collect.params = list({"siteinfo.email", "billing.invoice", "billing.parent_invoice", "diskquota.quota"});
  collect.sites = list({site});
  _ns2__collect_response rows;
  must(admin.collect(&collect, rows));
  std::cout << ",\"row\":" << json(rows.result->entry[0]->value);

  _ns2__get_site_id_from_domain nowhere;
  nowhere.domain = "nosuch.test";
  _ns2__get_site_id_from_domain_response found;
  must(admin.get_site_id_from_domain(&nowhere, found));
  std::cout << ",\"nowhere\":" << (found.result ? std::to_string(*found.result) : "null");

  std::cout << ",\"refused\":" << fault(edit(admin, "nosuch.test", nullptr, true, done));
  must(edit(admin, "nosuch.test", nullptr, false, done));
  std::cout << ",\"refused_quietly\":" << truth(done);

  _ns2__activate_license license;
  license.key = "x";
  _ns2__activate_license_response licensed;
  std::cout << ",\"not_emulated\":" << fault(admin.activate_license(&license, licensed));

  commonProxy stranger(context);
  std::string wrong = url + "?authkey=0";
  _ns3__whoami asked;
  _ns3__whoami_response told;
  std::cout << ",\"wrong_key\":" << fault(stranger.whoami(wrong.c_str(), nullptr, &asked, told));

  _ns2__hijack hijack;
  hijack.site = site;
  _ns2__hijack_response session;
  must(admin.hijack(&hijack, session));
  std::string cookie = "Cookie: esprit_id=" + *session.result;
  std::cout << ",\"site_whoami\":" << whoami(url, cookie.c_str());
  context->http_extra_header = nullptr;

  _ns2__delete_site remove;
  remove.site = &site;
  _ns2__delete_site_response deleted;
  must(admin.delete_site(&remove, deleted));
  std::cout << ",\"deleted\":" << truth(deleted.result) << "}" << std::endl;
}
