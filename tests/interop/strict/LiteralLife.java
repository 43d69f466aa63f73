// An account's life through JAX-WS, with classes that wsimport made of the description. Usage: java LiteralLife URL KEY
import api.apnscp.net.Admin;
import api.apnscp.net.Apnscp;
import api.apnscp.net.Common;
import java.net.URL;
import java.util.List;
import java.util.Map;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.soap.SOAPFaultException;
import values.apnscp.net.Value;
import values.apnscp.net.ValueEntry;
import values.apnscp.net.ValueList;
import values.apnscp.net.ValueMap;

public class LiteralLife {
    static Value text(String text) {
        Value value = new Value();
        value.setString(text);
        return value;
    }

    static Value list(String... texts) {
        Value value = new Value();
        value.setList(new ValueList());
        for (String each : texts) value.getList().getItem().add(text(each));
        return value;
    }

    static Value map(Object... pairs) {
        Value value = new Value();
        value.setMap(new ValueMap());
        for (int at = 0; at < pairs.length; at += 2) {
            ValueEntry entry = new ValueEntry();
            entry.setKey((String) pairs[at]);
            entry.setValue((Value) pairs[at + 1]);
            value.getMap().getEntry().add(entry);
        }
        return value;
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static String json(Value value) {
        if (value == null) return "null";
        if (value.getString() != null) return quoted(value.getString());
        if (value.getMap() != null) return json(value.getMap());
        if (value.getInt() != null) return value.getInt().toString();
        if (value.isBoolean() != null) return value.isBoolean().toString();
        return "\"neither of the kinds that the test looks at\"";
    }

    static String json(ValueMap map) {
        StringBuilder out = new StringBuilder("{");
        for (ValueEntry entry : map.getEntry()) {
            if (out.length() > 1) out.append(",");
            out.append(quoted(entry.getKey())).append(":").append(json(entry.getValue()));
        }
        return out.append("}").toString();
    }

    static <T> T at(T port, String address, String... headers) {
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, address);
        if (headers.length > 0) {
            context.put(MessageContext.HTTP_REQUEST_HEADERS, Map.of(headers[0], List.of(headers[1])));
        }
        return port;
    }

    static String fault(Runnable call) {
        try {
            call.run();
        } catch (SOAPFaultException error) {
            String code = error.getFault().getFaultCodeAsQName().getLocalPart();
            return "[" + quoted(code) + "," + quoted(error.getFault().getFaultString()) + "]";
        }
        return "\"no fault\"";
    }

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0] + "/soap/literal", keyed = url + "?authkey=" + arguments[1];
        Apnscp panel = new Apnscp(new URL(arguments[0] + "/apnscp-literal.wsdl?modules=admin,common"));
        Admin admin = at(panel.getAdmin(), keyed);
        Admin strict = at(panel.getAdmin(), keyed, "Abort-On", "error");
        String site = "strict.test";
        StringBuilder seen = new StringBuilder("{");
        seen.append("\"whoami\":" + quoted(at(panel.getCommon(), url, "Auth-Key", arguments[1]).whoami()));
        Value options = map(
            "siteinfo", map("plan", text("basic"), "email", text("owner@strict.test")),
            "billing", map("invoice", text("Größe <€> & 1")));
        seen.append(",\"added\":" + admin.addSite(site, "strict", options, null));
        seen.append(",\"edited\":" + admin.editSite(site, map("diskquota.quota", text("5000")), null));
        Value wanted = list("siteinfo.email", "billing.invoice", "billing.parent_invoice", "diskquota.quota");
        seen.append(",\"row\":" + json(admin.collect(wanted, null, list(site)).getEntry().get(0).getValue()));
        seen.append(",\"nowhere\":" + admin.getSiteIdFromDomain("nosuch.test"));
        seen.append(",\"refused\":" + fault(() -> strict.editSite("nosuch.test", null, null)));
        seen.append(",\"refused_quietly\":" + admin.editSite("nosuch.test", null, null));
        seen.append(",\"not_emulated\":" + fault(() -> admin.activateLicense("x")));
        Common stranger = at(panel.getCommon(), url + "?authkey=0");
        seen.append(",\"wrong_key\":" + fault(() -> stranger.whoami()));
        String session = admin.hijack(site, null, null);
        seen.append(",\"site_whoami\":" + quoted(at(panel.getCommon(), url, "Cookie", "esprit_id=" + session).whoami()));
        seen.append(",\"deleted\":" + admin.deleteSite(site, null) + "}");
        System.out.write(seen.toString().getBytes("UTF-8"));
        System.out.flush();
    }
}
