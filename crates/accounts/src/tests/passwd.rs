//! Passwd-files of Dovecot: what is read of them, and that nothing else of them goes anywhere.

use lagrum_model::Sha256Digest;

use super::*;

/// What has to stay where it is.
const HASH: &str = "{SSHA512}p4ssw0rd-Hash/of+everybody=";

const ALL: &str = "
[[rule]]
all_others = true
controller = \"consumer\"
resides_in = \"SE\"
us_person = \"\"
privileged = false
public_authority_of = \"\"
";

fn users(text: impl AsRef<[u8]>, more: &str) -> Place {
    let mut place = Place::new();
    let file = place.path("users");
    fs::write(&file, text).unwrap();
    place.input = Some(input(&format!("passwd = {file:?}\n{more}")));
    place
}

#[test]
fn the_users_of_a_passwd_file_are_accounts_whatever_stands_behind_them() {
    let text = format!(
        "# users of b.example, {HASH}\n\n\
         bo@b.example:{HASH}:5000:5000:Bo Ek:/var/mail/bo::userdb_mail=maildir:~/Maildir\n\
         Ada@b.example:{HASH}\n\
         :no-user:1:1\n\
         eve@b.example\r\n\
         cy:{HASH}:::::\r\n\
         bj\u{f6}rk@b.example:{HASH}::::::allow_nets=127.0.0.0/8\n\
         o'neil@b.example::::::"
    );
    let place = users(text, &format!("domain = \"c.example\"\n{ALL}"));
    for (asked, found) in [
        ("bo@b.example", "bo@b.example"),
        ("ada@B.example", "Ada@b.example"),
        ("eve@b.example", "eve@b.example"),
        ("cy@c.example", "cy@c.example"),
        ("cy@b.example", "unknown"),
        ("bj\u{f6}rk@b.example", "bj\u{f6}rk@b.example"),
        ("o'neil@b.example", "o'neil@b.example"),
        ("no-user@c.example", "unknown"),
        ("users@c.example", "unknown"),
    ] {
        assert_eq!(address_of(place.find(asked)), found, "{asked}");
    }
}

#[test]
fn no_password_and_no_field_behind_it_is_written_anywhere_or_repeated_in_an_error() {
    let line = format!("bo@b.example:{HASH}:5000:5000:Bo Ek:/var/mail/bo::nologin=the-reason\n");
    let place = users(&line, ALL);
    assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    let mut looked_at = 0;
    for entry in fs::read_dir(place.dir.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() == "users" {
            continue;
        }
        looked_at += 1;
        let bytes = fs::read(entry.path()).unwrap();
        let has = |what: &str| {
            bytes
                .windows(what.len())
                .any(|part| part == what.as_bytes())
        };
        for what in [HASH, "p4ssw0rd", "Bo Ek", "/var/mail/bo", "the-reason"] {
            assert!(!has(what), "{what} in {:?}", entry.file_name());
        }
        // Nor anything out of which a password could be guessed.
        let digest = Sha256Digest::of(line.as_bytes()).to_string();
        assert!(!has(&digest), "{:?}", entry.file_name());
    }
    assert!(looked_at >= 2, "index and stamp");
    // Lines that were broken: a piece of one is no user, and is not told.
    for broken in [
        format!("bo@b.example\n{HASH}:5000:5000\n"),
        format!("bo@b.example:{{SSHA}}\n{HASH}\n"),
        format!("x\u{0} {HASH}@b.example\n"),
        format!("x@{HASH}\n"),
    ] {
        for domain in ["", "domain = \"b.example\"\n"] {
            let place = users(&broken, &format!("{domain}{ALL}"));
            let why = place.open().unwrap_err().to_string();
            assert!(why.contains("users line "), "{why}");
            assert!(!why.contains("p4ssw0rd"), "{why}");
        }
    }
    let mut latin = b"bo@b.example:x\nbj\xf6rk@b.example:".to_vec();
    latin.extend(HASH.as_bytes());
    let why = users(latin, ALL).open().unwrap_err().to_string();
    assert!(
        why.contains("users line 2") && why.contains("UTF-8"),
        "{why}"
    );
    assert!(!why.contains("p4ssw0rd"), "{why}");
}

#[test]
fn what_is_wrong_with_a_passwd_file_is_refused_with_its_line() {
    for (text, says) in [
        ("bo:x\n".to_owned(), &["line 1", "`domain`"][..]),
        (
            "x@b.example\nbo@b.example:x\n\nBO@b.example:y\n".into(),
            &["line 2", "line 4", "twice"],
        ),
        ("b*@b.example:x\n".into(), &["line 1", "a wildcard"]),
        (" bo@b.example:x\n".into(), &["line 1", "no mail address"]),
        ("bo@b@b.example:x\n".into(), &["line 1", "no mail address"]),
        (
            "bj\u{d6}rk@b.example:x\nbj\u{f6}rk@b.example:x\n".into(),
            &["line 1", "line 2", "read alike"],
        ),
        (
            format!("bo@b.example:{}\n", "x".repeat(70_000)),
            &["line 1", "64 KiB"],
        ),
    ] {
        users(text, ALL).refused(says);
    }
    let place = users("bo@b.example:x\n", ALL);
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(place.path("users"), fs::Permissions::from_mode(0o666)).unwrap();
    place.refused(&["chmod go-w"]);
    fs::remove_file(place.path("users")).unwrap();
    place.refused(&["users"]);
}

#[test]
fn a_passwd_file_needs_rules_and_says_so() {
    users("bo@b.example:x\n", "").refused(&["`controller` is missing", "[[accounts.rule]]"]);
}

#[test]
fn a_changed_password_leaves_the_index_and_a_changed_user_does_not() {
    use std::os::unix::fs::MetadataExt;
    let place = users("bo@b.example:x\n", ALL);
    let inode = || fs::metadata(place.path("index.sqlite")).unwrap().ino();
    place.open().unwrap();
    let first = inode();
    fs::write(place.path("users"), "bo@b.example:y\n").unwrap();
    assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    assert_eq!(inode(), first);
    fs::write(place.path("users"), "ad@b.example:y\n").unwrap();
    assert_eq!(address_of(place.find("bo@b.example")), "unknown");
    assert_eq!(address_of(place.find("ad@b.example")), "ad@b.example");
    // The line is that of the file as it is now.
    fs::write(place.path("users"), "\nad@b.example:y\nad@b.example:y\n").unwrap();
    let why = place.open().unwrap_err().to_string();
    assert!(why.contains("line 2") && why.contains("line 3"), "{why}");
}
