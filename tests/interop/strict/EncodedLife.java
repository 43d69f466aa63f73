// An account's life through Axis 1.4, with stubs that WSDL2Java made of the encoded description. Usage: java EncodedLife URL KEY
import api.apnscp.net.ApnscpBindingStub;
import api.apnscp.net.ApnscpLocator;
import java.net.URL;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.axis.AxisFault;
import org.apache.axis.transport.http.HTTPConstants;

public class EncodedLife {
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> made = new LinkedHashMap<>();
        for (int at = 0; at < pairs.length; at += 2) made.put((String) pairs[at], pairs[at + 1]);
        return made;
    }

    static String json(Object value) {
        if (value instanceof String) return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        if (!(value instanceof Map)) return String.valueOf(value);
        StringBuilder out = new StringBuilder("{");
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            if (out.length() > 1) out.append(",");
            out.append(json(entry.getKey())).append(":").append(json(entry.getValue()));
        }
        return out.append("}").toString();
    }

    static ApnscpBindingStub panel(String address, String... headers) throws Exception {
        ApnscpBindingStub stub = (ApnscpBindingStub) new ApnscpLocator().getapnscpPort(new URL(address));
        if (headers.length > 0) {
            Hashtable<String, String> sent = new Hashtable<>();
            sent.put(headers[0], headers[1]);
            stub._setProperty(HTTPConstants.REQUEST_HEADERS, sent);
        }
        return stub;
    }

    interface Call {
        Object run() throws Exception;
    }

    static String fault(Call call) throws Exception {
        try {
            call.run();
        } catch (AxisFault error) {
            return "[" + json(error.getFaultCode().getLocalPart()) + "," + json(error.getFaultString()) + "]";
        }
        return "\"no fault\"";
    }

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0] + "/soap", keyed = url + "?authkey=" + arguments[1], site = "strict.test";
        ApnscpBindingStub admin = panel(keyed), strict = panel(keyed, "Abort-On", "error");
        StringBuilder seen = new StringBuilder("{");
        seen.append("\"whoami\":" + json(panel(url, "Auth-Key", arguments[1]).common_whoami()));
        Object options = map(
            "siteinfo", map("plan", "basic", "email", "owner@strict.test"),
            "billing", map("invoice", "Größe <€> & 1"));
        seen.append(",\"added\":" + admin.admin_add_site(site, "strict", options, null));
        seen.append(",\"edited\":" + admin.admin_edit_site(site, map("diskquota.quota", "5000"), null));
        String[] wanted = {"siteinfo.email", "billing.invoice", "billing.parent_invoice", "diskquota.quota"};
        Map<?, ?> rows = (Map<?, ?>) admin.admin_collect(wanted, null, new String[] {site});
        seen.append(",\"row\":" + json(rows.get(site)));
        seen.append(",\"nowhere\":" + json(admin.admin_get_site_id_from_domain("nosuch.test")));
        seen.append(",\"refused\":" + fault(() -> strict.admin_edit_site("nosuch.test", null, null)));
        seen.append(",\"refused_quietly\":" + admin.admin_edit_site("nosuch.test", null, null));
        seen.append(",\"not_emulated\":" + fault(() -> admin.admin_activate_license("x")));
        ApnscpBindingStub stranger = panel(url + "?authkey=0");
        seen.append(",\"wrong_key\":" + fault(() -> stranger.common_whoami()));
        String session = (String) admin.admin_hijack(site, null, null);
        seen.append(",\"site_whoami\":" + json(panel(url, "Cookie", "esprit_id=" + session).common_whoami()));
        seen.append(",\"deleted\":" + admin.admin_delete_site(site, null) + "}");
        System.out.write(seen.toString().getBytes("UTF-8"));
        System.out.flush();
    }
}
