//! Inputs that are made to cost more than they hold.

use std::io::Write as _;

use rusqlite::Connection;

/// An attack on one reader.
pub struct Attack {
    /// Which.
    pub reader: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Makes it.
    pub bytes: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
    /// How many bytes are read of it, where that is more than it has: it is packed.
    pub read: u64,
}

const MIB: usize = 1 << 20;
const ENVELOPE: &str = "From ek@kvist.example Mon Mar  9 12:00:00 2026\n";
const DATE: &str = "Date: Mon, 9 Mar 2026 12:00:00 +0000\n";
const ACCOUNT: &str = "bjork@kvist.example";

/// `text` over and over, up to `length` bytes.
fn filled(text: &str, length: usize) -> Vec<u8> {
    text.as_bytes()
        .iter()
        .copied()
        .cycle()
        .take(length)
        .collect()
}

/// The same between two other texts.
fn between(begin: &str, text: &str, length: usize, end: &str) -> Vec<u8> {
    [
        begin.as_bytes(),
        &filled(text, length - length % text.len().max(1)),
        end.as_bytes(),
    ]
    .concat()
}

fn attack(
    reader: &'static str,
    name: &'static str,
    bytes: impl Fn() -> Vec<u8> + Send + Sync + 'static,
) -> Attack {
    Attack {
        reader,
        name,
        bytes: Box::new(bytes),
        read: 0,
    }
}

/// Every attack.
pub fn all() -> Vec<Attack> {
    let mut all = texts();
    all.extend(packages());
    all.extend(mail());
    all.extend(tables());
    all.extend(law());
    all
}

/// A text between two others, as the whole of an input.
type Text = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
    &'static str,
);

fn of_texts(all: &'static [Text]) -> impl Iterator<Item = Attack> {
    all.iter().map(|&(reader, name, begin, text, length, end)| {
        attack(reader, name, move || between(begin, text, length, end))
    })
}

/// Texts that people or agents sign, settings, and what is shown.
fn texts() -> Vec<Attack> {
    const ALL: &[Text] = &[
        ("demand", "zeros-in-json", "{\"a\":[", "0,", 40 * MIB, "0]}"),
        (
            "demand",
            "zeros-of-a-mebibyte",
            "{\"a\":[",
            "0,",
            MIB - 100,
            "0]}",
        ),
        ("demand", "nested-json", "{\"a\":", "[", MIB - 100, ""),
        ("demand", "nested-tables", "a = ", "{a.a.a=", MIB - 100, ""),
        ("demand", "dotted", "a", ".a", MIB - 100, " = 1"),
        ("demand", "tables", "", "[a.a]\n", MIB - 100, ""),
        ("demand", "brackets", "a = ", "[", MIB - 100, ""),
        ("demand", "quotes", "", "\"\"\"", MIB - 100, ""),
        ("events", "nested", "", "[", MIB, ""),
        ("events", "zeros", "{\"salt\":[", "0,", MIB, "0]}"),
        (
            "mandate",
            "nested",
            "lagrum-mandate/1\n",
            "{\"a\":",
            MIB,
            "",
        ),
        (
            "notes",
            "signatures",
            "text\n\n",
            "\u{2014} kvist.example/agent AAAAAAAA\n",
            MIB,
            "",
        ),
        ("notes", "lines", "", "\n", MIB, ""),
        ("notes", "long-line", "", "\u{2014} ", MIB, "\n"),
        (
            "proofs",
            "lines",
            "c2sp.org/tlog-proof@v1\nindex 0\n",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
            MIB,
            "",
        ),
        (
            "proofs",
            "extra",
            "c2sp.org/tlog-proof@v1\nextra ",
            "AAAA",
            MIB,
            "\n",
        ),
        ("settings", "tables", "", "[[person]]\n", MIB, ""),
        ("settings", "nested", "a = ", "[", MIB, ""),
        ("settings", "dotted", "a", ".a", MIB, " = 1"),
        ("settings", "witnesses", "", "witness a b\n", MIB, ""),
        ("shown", "marks", "", "\u{202e}\u{200b}\u{1b}[31m", MIB, ""),
        ("shown", "combining", "e", "\u{301}", MIB, ""),
        (
            "log_directory",
            "long-checkpoint",
            "kvist.example/log\n",
            "1",
            2 * MIB,
            "\n",
        ),
        (
            "log_directory",
            "many-lines",
            "kvist.example/log\n3\n",
            "x\n",
            MIB / 2,
            "",
        ),
        (
            "log_directory",
            "the-largest-tree",
            "kvist.example/log\n281474976710656\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "",
            0,
            "",
        ),
    ];
    of_texts(ALL).collect()
}

/// Sealed packages, opened ones, and the rows in them.
fn packages() -> Vec<Attack> {
    const ALL: &[Text] = &[
        (
            "sealed",
            "stanzas",
            "age-encryption.org/v1\n",
            "-> grease 0123456789\n",
            2 * MIB,
            "",
        ),
        (
            "sealed",
            "one-stanza",
            "age-encryption.org/v1\n-> X25519 a\n",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
            2 * MIB,
            "",
        ),
        (
            "sealed",
            "stanza-within",
            "age-encryption.org/v1\n-> X25519 a\n",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
            3900,
            "\n--- AAAA\n",
        ),
        (
            "sealed",
            "a-line",
            "age-encryption.org/v1\n",
            "a",
            8 * MIB,
            "",
        ),
        ("sealed", "lines", "", "a\n", 2 * MIB, ""),
        (
            "sealed",
            "armour",
            "-----BEGIN AGE ENCRYPTED FILE-----\n",
            "AAAA\n",
            2 * MIB,
            "-----END AGE ENCRYPTED FILE-----\n",
        ),
    ];
    let mut all: Vec<_> = of_texts(ALL).collect();
    for (name, kind) in [
        ("long-name", tar::EntryType::GNULongName),
        ("extended", tar::EntryType::XHeader),
        ("sparse", tar::EntryType::GNUSparse),
        ("plain", tar::EntryType::Regular),
    ] {
        all.push(attack("package", name, move || {
            let mut head = tar::Header::new_gnu();
            head.set_entry_type(kind);
            head.set_path("SUMMARY.txt").expect("a path");
            head.set_size(1 << 30);
            head.set_cksum();
            [head.as_bytes().as_slice(), &vec![b'a'; 8 * MIB]].concat()
        }));
    }
    all.push(attack("package", "many-files", || {
        let mut archive = tar::Builder::new(Vec::new());
        for _ in 0..4000 {
            let mut head = tar::Header::new_ustar();
            head.set_size(0);
            archive
                .append_data(&mut head, "SUMMARY.txt", std::io::empty())
                .expect("memory");
        }
        archive.into_inner().expect("memory")
    }));
    let fields = |count: usize| {
        let fields: Vec<_> = (0..count)
            .map(|number| format!("\"f{number}\":1"))
            .collect();
        format!("{{{}}}\n", fields.join(","))
    };
    all.push(attack("records", "long-row", || {
        between("{\"a\":\"", "x", 4 * MIB, "\"}\n")
    }));
    all.push(attack("records", "control-characters", || {
        between("{\"a\":\"", "\\u0001", 8 * MIB, "\"}\n")
    }));
    all.push(attack("records", "escapes", || {
        between("{\"a\":\"", "\\\"", 4 * MIB, "\"}\n")
    }));
    all.push(attack("records", "formulas", || {
        between("{\"a\":\"", ",=", 4 * MIB, "\"}\n")
    }));
    all.push(attack("records", "nested", || {
        between("{\"a\":", "[", 2 * MIB, "}\n")
    }));
    all.push(attack("records", "wide", move || {
        fields(1000).repeat(60).into_bytes()
    }));
    all.push(attack("records", "too-wide", move || {
        fields(200_000).into_bytes()
    }));
    all.push(attack("records", "other-names-each", || {
        let rows = (0..40_000).map(|number| format!("{{\"f{number}\":1}}\n"));
        rows.collect::<String>().into_bytes()
    }));
    let row = "{\"a\":1}\n";
    for (name, text) in [
        ("commas", ","),
        ("quotes", "\""),
        ("lines", "\n"),
        ("cells", "\"a\""),
    ] {
        all.push(attack("records", name, move || {
            let table = between("identifier,dated,a\n", text, 4 * MIB, "");
            [row.as_bytes(), b"\xff", &table].concat()
        }));
        all.push(attack("records", name, move || {
            let table = filled(text, 4 * MIB);
            [row.as_bytes(), b"\xff", &table].concat()
        }));
    }
    all.push(attack("package_made", "long-manifest-line", || {
        b"{}\xff\xff{\"path\":\"items/"
            .iter()
            .copied()
            .chain(filled("a", 2 * MIB))
            .chain(*b"\"}\xffx")
            .collect()
    }));
    all.push(attack("package_made", "many-items", || {
        let mut seed = lagrum_fuzz::seeds::of("package_made").remove(0);
        let at = seed.iter().enumerate().filter(|(_, byte)| **byte == 0xff);
        let second = at.map(|(at, _)| at).nth(1).expect("three pieces");
        let item = seed[second..].to_vec();
        for _ in 0..2000 {
            seed.extend_from_slice(&item);
        }
        seed
    }));
    all
}

/// Mail in all of its forms.
fn mail() -> Vec<Attack> {
    const MARCH: &str = "Date: Mon, 9 Mar 2026 12:00:00 +0000\n\n";
    const ALL: &[Text] = &[
        ("mail_date", "comments", "Date: ", "(", MIB, "\n\n"),
        ("mail_date", "comments-closed", "Date: ", "()", MIB, "\n\n"),
        ("mail_date", "folds", "Date: ", "\n ", MIB, "\n\n"),
        (
            "mail_date",
            "dates",
            "",
            "Date: Mon, 9 Mar 2026 12:00:00 +0000\n",
            MIB,
            "\n",
        ),
        (
            "mail_date",
            "date",
            "Date: Mon, 9 Mar 2026 12:00:00 ",
            "+",
            MIB,
            "\n\n",
        ),
        (
            "mail_date",
            "received",
            "",
            "Received: from a by b; x\n",
            MIB,
            "\n",
        ),
        (
            "mail_date",
            "addresses",
            "To: ",
            "<a@b>,(c)\"d\" ",
            MIB,
            "\n\n",
        ),
        (
            "mail_date",
            "encoded",
            "Subject: ",
            "=?utf-8?q?=41?= ",
            MIB,
            "\n\n",
        ),
        (
            "mail_date",
            "parameters",
            "Content-Type: multipart/mixed",
            ";a*0*=utf-8''%41",
            MIB,
            "\n\n",
        ),
        ("mail_date", "no-field", "", "x\n", MIB, "\n"),
        ("mail_date", "blanks", "Date:", " ", MIB, "\n\n"),
        (
            "message",
            "header-without-end",
            "",
            "Subject: x\n",
            4 * MIB,
            "",
        ),
        ("message", "no-end-of-line", "", "x", 4 * MIB, ""),
        ("message", "froms-in-a-line", MARCH, "From ", 2 * MIB, ""),
        ("message", "envelopes", MARCH, ENVELOPE, 2 * MIB, ""),
        (
            "message",
            "envelopes-with-dates",
            MARCH,
            "\nFrom ek@kvist.example Fri Apr 10 12:00:00 2026\nDate: Fri, 10 Apr 2026 12:00:00 +0000\n\n",
            2 * MIB,
            "",
        ),
        (
            "message",
            "envelopes-in-a-line",
            MARCH,
            "From ek@kvist.example Mon Mar  9 12:00:00 2026 ",
            2 * MIB,
            "",
        ),
        (
            "message",
            "returns",
            MARCH,
            "From a Mon Mar  9 12:00:00 2026\r",
            2 * MIB,
            "",
        ),
        (
            "message",
            "long-body",
            MARCH,
            "text and more of it\n",
            16 * MIB,
            "",
        ),
        (
            "message",
            "ends-of-parts",
            "Content-Type: multipart/mixed; boundary=b\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "--b--\nFrom ",
            2 * MIB,
            "",
        ),
        (
            "message",
            "boundary-of-dashes",
            "Content-Type: multipart/mixed; boundary=\"-----\"\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "-",
            2 * MIB,
            "",
        ),
        (
            "message",
            "holes",
            MARCH,
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0From ",
            2 * MIB,
            "",
        ),
        ("mbox", "froms-in-a-line", ENVELOPE, "From ", 2 * MIB, ""),
        ("mbox", "froms", ENVELOPE, "From \n", 2 * MIB, ""),
        ("mbox", "tabs", ENVELOPE, "From\t\n", 2 * MIB, ""),
        ("mbox", "envelopes", "", ENVELOPE, 2 * MIB, ""),
        (
            "mbox",
            "empty-messages",
            "",
            "From a Mon Mar  9 12:00:00 2026\nDate: x\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "lengths",
            "",
            "From a Mon Mar  9 12:00:00 2026\nDate: x\nContent-Length: 99999\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "lengths-of-one",
            "From a Mon Mar  9 12:00:00 2026\n",
            "Content-Length: 99999\n",
            MIB,
            "\nx\n",
        ),
        ("mbox", "one-line", ENVELOPE, "x", 4 * MIB, ""),
        ("mbox", "blanks", ENVELOPE, " ", 4 * MIB, ""),
        ("mbox", "zeros", "", "\0", 4 * MIB, ""),
        (
            "mbox",
            "holes",
            ENVELOPE,
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0From ",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "parts",
            "From a Mon Mar  9 12:00:00 2026\nContent-Type: multipart/mixed; boundary=b\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "--b\nFrom a Mon Mar  9 12:00:00 2026\nDate: x\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "nested-parts",
            "From a Mon Mar  9 12:00:00 2026\nContent-Type: multipart/mixed; boundary=b\n\n",
            "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "dashes",
            "From a Mon Mar  9 12:00:00 2026\nContent-Type: multipart/mixed; boundary=\"----\"\n\n",
            "-",
            2 * MIB,
            "",
        ),
        (
            "mbox",
            "words",
            ENVELOPE,
            "From a b c d e f g h i j k l m n o p q r s t u v w x y z ",
            2 * MIB,
            "",
        ),
        ("mbox", "fields", ENVELOPE, "Date: x\n", 4 * MIB, ""),
        ("mbox", "quoted", ENVELOPE, ">From a\n", 2 * MIB, ""),
        (
            "maildir",
            "one-long-message",
            "cur/1\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\n",
            "x\n",
            8 * MIB,
            "",
        ),
    ];
    let mut all: Vec<_> = of_texts(ALL).collect();
    // A message that is withheld is kept in a sealed archive, which has a block for each.
    for attack in &mut all {
        if attack.reader == "mbox" && ["empty-messages", "lengths"].contains(&attack.name) {
            let messages = String::from_utf8_lossy(&(attack.bytes)())
                .matches("From a ")
                .count();
            attack.read = 512 * messages as u64;
        }
    }
    all.push(attack("maildir", "many-names", || {
        let piece = |number: u32| {
            let name = format!("cur/{number}:2,{}\n", "S".repeat(200));
            [name.as_bytes(), DATE.as_bytes(), b"\n\xff"].concat()
        };
        (0..256).flat_map(piece).collect()
    }));
    all.push(attack("maildir", "deep", || {
        let piece = |number: u32| format!("{number}/a/b/c/d/e/f/g/h/i/j\n").into_bytes();
        (0..256)
            .flat_map(|number| [piece(number), vec![0xff]].concat())
            .collect()
    }));
    let gzip = |text: &'static str, begin: String, length: usize| {
        move || {
            let mut packing =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packing.write_all(begin.as_bytes()).expect("memory");
            let piece = filled(text, MIB / text.len() * text.len());
            for _ in 0..length / MIB {
                packing.write_all(&piece).expect("memory");
            }
            packing.finish().expect("memory")
        }
    };
    let head = format!("{ENVELOPE}{MARCH}");
    for (reader, name, text, begin, length) in [
        ("mbox", "gzip-of-text", "text\n", head.clone(), 64 * MIB),
        ("mbox", "gzip-of-froms", "From \n", head, 8 * MIB),
        (
            "message",
            "gzip-of-text",
            "text\n",
            MARCH.to_owned(),
            64 * MIB,
        ),
        (
            "message",
            "gzip-of-header",
            "Subject: x\n",
            String::new(),
            64 * MIB,
        ),
        (
            "message",
            "gzip-beyond",
            "text\n",
            MARCH.to_owned(),
            300 * MIB,
        ),
        (
            "access_log",
            "gzip-of-a-line",
            "x",
            "{\"a\":\"".into(),
            64 * MIB,
        ),
        ("access_log", "gzip-of-zeros", "\0", String::new(), 64 * MIB),
    ] {
        all.push(Attack {
            read: length as u64,
            ..attack(reader, name, gzip(text, begin, length))
        });
    }
    // A frame that wants a window of 2^31 bytes, and frames of nothing.
    all.push(attack("packed", "window", || {
        b"\x28\xb5\x2f\xfd\x00\xa8\x00\x00\x00".to_vec()
    }));
    all.push(attack("packed", "frames", || {
        b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00".repeat(100_000)
    }));
    all.push(attack("packed", "skippable", || {
        b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00\x50\x2a\x4d\x18\x00\x00\x00\x00".repeat(50_000)
    }));
    all.push(attack("packed", "members", || {
        let empty = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        empty.finish().expect("memory").repeat(40_000)
    }));
    all
}

/// Logs and tables of subscribers.
fn tables() -> Vec<Attack> {
    const ALL: &[Text] = &[
        ("access_log", "a-line", "{\"a\":\"", "x", 40 * MIB, "\"}\n"),
        (
            "access_log",
            "a-line-of-the-account",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"event\":\"",
            "x",
            15 * MIB,
            "\"}\n",
        ),
        (
            "access_log",
            "a-row-at-the-limit",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"event\":\"",
            "\\u0001",
            4 * MIB - 100,
            "\"}\n",
        ),
        (
            "access_log",
            "rows-of-the-account",
            "",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"event\":\"x\"}\n",
            MIB,
            "",
        ),
        (
            "access_log",
            "mentions",
            "",
            "{\"account\":\"ek@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"to\":\"bjork@kvist.example\"}\n",
            2 * MIB,
            "",
        ),
        (
            "access_log",
            "fields",
            "{\"b\":1",
            ",\"a\":1",
            8 * MIB,
            "}\n",
        ),
        (
            "access_log",
            "the-same-field",
            "{\"account\":1",
            ",\"account\":1",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "nested", "{\"a\":", "[", 8 * MIB, "}\n"),
        (
            "access_log",
            "nested-and-asked",
            "{\"event\":",
            "[",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "at-signs", "{", "@", 8 * MIB, "}\n"),
        (
            "access_log",
            "almost-the-account",
            "{",
            "bjork@kvist.exampl",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "escapes", "{", "\\u0040", 8 * MIB, "}\n"),
        ("access_log", "names", "{", "\"account\":\"", 8 * MIB, "}\n"),
        (
            "access_log",
            "names-without-value",
            "{",
            "\"account\" ",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "lines", "", "\n", 8 * MIB, ""),
        ("access_log", "short-lines", "", "{}\n", 4 * MIB, ""),
        ("access_log", "no-objects", "", "x\n", 4 * MIB, ""),
        ("access_log", "zeros", "", "\0", 16 * MIB, ""),
        ("access_log", "zeros-between", "", "{\0", 4 * MIB, ""),
        (
            "access_log",
            "big-number",
            "{\"account\":\"bjork@kvist.example\",\"event\":",
            "9",
            4 * MIB - 100,
            ",\"time\":\"2026-03-09T12:00:00Z\"}\n",
        ),
        (
            "access_log",
            "big-time",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"",
            "9",
            8 * MIB,
            "\"}\n",
        ),
        (
            "access_log",
            "account-of-marks",
            "{\"account\":\"",
            "\u{301}",
            8 * MIB,
            "\"}\n",
        ),
    ];
    let mut all: Vec<_> = of_texts(ALL).collect();
    for (name, address, column) in [
        ("column-of-40-MB", "'ACCOUNT'", "printf('%.40000000c', 'x')"),
        ("bytes-at-the-limit", "'ACCOUNT'", "zeroblob(4194000)"),
        (
            "text-at-the-limit",
            "'ACCOUNT'",
            "printf('%.4194000c', 'x')",
        ),
        (
            "quotes-at-the-limit",
            "'ACCOUNT'",
            "printf('%.4194000c', '\"')",
        ),
        (
            "control-characters",
            "'ACCOUNT'",
            "printf('%.4194000c', char(1))",
        ),
        (
            "formulas",
            "'ACCOUNT'",
            "replace(printf('%.2000000c', 'x'), 'x', ',=')",
        ),
        ("name-of-40-MB", "printf('%.40000000c', 'x')", "'x'"),
        (
            "name-of-marks",
            "'ACCOUNT' || replace(printf('%.1000c', 'x'), 'x', char(769))",
            "'x'",
        ),
    ] {
        all.push(attack("subscribers", name, move || {
            database(&format!(
                "INSERT INTO subscriber VALUES ({}, {column}, 7)",
                address.replace("ACCOUNT", ACCOUNT)
            ))
        }));
    }
    all.push(attack("subscribers", "many-rows", || {
        database("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) INSERT INTO subscriber SELECT 'bjork@kvist.exampl' || i, 'N', i FROM n")
    }));
    all.push(attack("subscribers", "many-rows-of-the-account", || {
        database(&format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000) INSERT INTO subscriber SELECT '{ACCOUNT}', 'N', i FROM n"))
    }));
    all
}

/// A database with a table of subscribers, into which a statement puts rows.
fn database(rows: &str) -> Vec<u8> {
    let dir = super::scratch();
    let file = dir.path().join("s.sqlite");
    let connection = Connection::open(&file).expect("a database");
    connection
        .execute_batch(&format!(
            "PRAGMA journal_mode = off; CREATE TABLE subscriber (address, name, opened_on); {rows}"
        ))
        .expect("rows");
    drop(connection);
    std::fs::read(file).expect("a database")
}

/// Law packs.
fn law() -> Vec<Attack> {
    const RULE: &str = "all/all.cedar\n@id(\"all.all\") @cite(\"none\") @says(\"All.\") @verified(\"unverified; not confirmed by counsel\")\npermit (principal, action == Action::\"disclose\", resource) when { ";
    const ALL: &[Text] = &[
        ("law_packs", "parentheses", RULE, "(", 100_000, ""),
        ("law_packs", "not", RULE, "!", 100_000, "true };\n"),
        ("law_packs", "minus", RULE, "-", 100_000, "1 == 1 };\n"),
        ("law_packs", "and", RULE, "true && ", 50_000, "true };\n"),
        ("law_packs", "plus", RULE, "1 + ", 50_000, "1 == 1 };\n"),
        ("law_packs", "if", RULE, "if true then ", 50_000, ""),
        ("law_packs", "sets", RULE, "[", 100_000, ""),
        (
            "law_packs",
            "attributes",
            RULE,
            "context.a.",
            50_000,
            "a };\n",
        ),
        ("law_packs", "quotes", "all/all.cedar\n", "\"", 100_000, ""),
        (
            "law_packs",
            "annotations",
            "all/all.cedar\n",
            "@id(\"a\") ",
            50_000,
            "",
        ),
        (
            "law_packs",
            "toml-arrays",
            "all/pack.toml\na = ",
            "[",
            500_000,
            "",
        ),
        (
            "law_packs",
            "toml-keys",
            "all/pack.toml\na",
            ".a",
            500_000,
            " = 1",
        ),
        (
            "law_packs",
            "facts",
            "facts.toml\n",
            "[[group]]\n",
            200_000,
            "",
        ),
        (
            "law_packs",
            "clocks",
            "all/clocks.toml\n",
            "[[clock]]\n",
            200_000,
            "",
        ),
        (
            "law_packs",
            "translation",
            "all/sv.ftl\n",
            "a = { ",
            200_000,
            "",
        ),
        (
            "law_packs",
            "translations",
            "all/sv.ftl\n",
            "a = b\n",
            200_000,
            "",
        ),
        (
            "law_packs",
            "too-long",
            "all/all.cedar\n",
            "// x\n",
            4 * MIB + 10,
            "",
        ),
    ];
    of_texts(ALL).collect()
}
