//! Logs in every other form than JSON Lines from anybody: searched or refused, and what is handed over passes the
//! re-check.

use crate::data_side::{DataSide, write};

/// A source over `l.log`, of this kind and with these lines more.
fn search(kind: &str, more: &str, bytes: &[u8]) {
    let source =
        format!("kind = \"access-log-{kind}\"\nid = \"logins\"\npaths = [\"l.log\"]\n{more}\n");
    DataSide::get().search(&source, |store| write(store, "l.log", bytes));
}

/// What the operator says of times without a zone and a year.
const CLOCK: &str = "zone = \"Europe/Stockholm\"\nyear = \"within-a-year\"\n";

/// Reads a table.
pub(crate) fn table(bytes: &[u8]) {
    let fields = "account_field = \"account\"\ntime_field = \"time\"\nfields.traffic = [\"time\", \"ip\", \"event\"]\n";
    search("csv", &format!("{fields}time_format = \"rfc3339\""), bytes);
    let more = "time_format = \"epoch-seconds\"\ncolumns = [\"time\", \"account\", \"ip\"]\nseparator = \";\"\n";
    search("csv", &format!("{more}{fields}"), bytes);
}

/// Reads what a web server writes.
pub(crate) fn web(bytes: &[u8]) {
    search(
        "combined",
        "fields.traffic = [\"time\", \"address\", \"request\", \"agent\"]\n",
        bytes,
    );
}

/// Reads syslog with pairs in its messages.
pub(crate) fn syslog(bytes: &[u8]) {
    let more =
        "account_field = \"account\"\nfields.traffic = [\"time\", \"host\", \"message\", \"ip\"]\n";
    search("syslog", &format!("{CLOCK}{more}"), bytes);
}

/// Reads what mail servers write.
pub(crate) fn mail_server(bytes: &[u8]) {
    let more = format!(
        "{CLOCK}fields.traffic = [\"time\", \"user\", \"rip\", \"event\", \"session\", \"queue_id\"]\n"
    );
    search("dovecot", &more, bytes);
    search("postfix", &more, bytes);
}

/// Reads what a journal gives out.
pub(crate) fn journal(bytes: &[u8]) {
    let more =
        "account_field = \"ACCOUNT\"\nfields.traffic = [\"MESSAGE\", \"__REALTIME_TIMESTAMP\"]\n";
    search("journal", more, bytes);
}

/// A few lines of each form.
pub(crate) fn seeds(name: &str) -> Vec<Vec<u8>> {
    let texts: &[&str] = match name {
        "access_table" => &[
            "time,account,ip,event\r\n2026-01-15T10:00:00Z,bjork@kvist.example,192.0.2.1,\"a \"\"b\"\", c\"\r\n2026-01-15T10:00:00Z,x,\"y\r\nz\",1\r\n",
            "1768471200;bjork@kvist.example;192.0.2.1\n1768471200.5;\"\";\n",
        ],
        "access_web" => &[
            "192.0.2.1 - bjork@kvist.example [15/Jan/2026:10:00:00 +0100] \"GET /?a=\\\"b HTTP/1.1\" 200 12 \"-\" \"Mozilla (\\x22x\\x22)\"\n192.0.2.1 - - [15/Jan/2026:10:00:00 +0100] \"-\" 408 -\n",
        ],
        "access_syslog" => &[
            "<38>Jan 15 10:00:00 mx app[12]: op=login account=bjork@kvist.example ip=192.0.2.1\n",
            "<165>1 2026-01-15T10:00:00.003Z mx app 7 ID47 [x@1 account=\"bjork@kvist.example\" ip=\"a\\]\"] \u{feff}text account=x\n",
            "2026-01-15T10:00:00.123456+01:00 mx app: account=<bjork@kvist.example>, ip=192.0.2.1\n",
        ],
        "access_mail_server" => &[
            "Jan 15 10:00:00 mx dovecot: imap-login: Login: user=<bjork@kvist.example>, method=PLAIN, rip=192.0.2.1, lip=10.0.0.1, mpid=1, TLS, session=<aB+/c>\nJan 15 10:00:01 mx dovecot: imap(bjork@kvist.example)<1><aB+/c>: Disconnected: Logged out in=1 out=2\n",
            "Jan 15 10:00:00 imap-login: Info: Login: user=<bjork@kvist.example>, rip=192.0.2.1\n",
            "2026-01-15T10:00:00+01:00 mx postfix/smtpd[1]: 4F1A2B3C: client=a[192.0.2.1], sasl_method=PLAIN, sasl_username=bjork@kvist.example\n",
            "{\"__REALTIME_TIMESTAMP\":\"1768471200000000\",\"SYSLOG_IDENTIFIER\":\"dovecot\",\"_PID\":\"7\",\"MESSAGE\":\"imap-login: Login: user=<bjork@kvist.example>, rip=192.0.2.1\"}\n",
        ],
        _ => &[
            "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1768471200000000\nACCOUNT=bjork@kvist.example\nMESSAGE\n\u{2}\0\0\0\0\0\0\0a\n\n\n",
            "{\"__REALTIME_TIMESTAMP\":\"1768471200000000\",\"ACCOUNT\":\"bjork@kvist.example\",\"MESSAGE\":[104,228]}\n",
        ],
    };
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}
