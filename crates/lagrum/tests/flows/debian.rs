//! The Debian package: made twice, looked into, installed and purged in a root of its own.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::rooms::workspace;
use crate::support::{ended, entries, files_below, name, scratch};

/// Makes the package of the program that the tests have, in `to`. Packed loosely: it is large.
fn made_in(to: &Path) -> PathBuf {
    let mut command = Command::new(workspace().join("dev/package"));
    command
        .args(["--binary", env!("CARGO_BIN_EXE_lagrum"), "--to"])
        .arg(to)
        .env("SOURCE_DATE_EPOCH", "1764460800")
        .env("DPKG_DEB_COMPRESSOR_TYPE", "gzip")
        .env("DPKG_DEB_COMPRESSOR_LEVEL", "1");
    let ran = ended(&mut command).ok();
    PathBuf::from(ran.out.trim())
}

/// What a tool says.
fn said(tool: &str, arguments: &[&str], package: &Path) -> String {
    let mut command = Command::new(tool);
    ended(command.args(arguments).arg(package)).ok().out
}

/// Runs `dpkg` on a root of its own, with what it would need of other packages left aside. As whom the tests run: its
/// scripts are told the root, and do not change into it.
fn dpkg(root: &Path, what: &str, on: &str) {
    let mut command = Command::new("dpkg");
    command
        .arg(format!("--root={}", root.display()))
        .args([
            "--force-not-root,depends,script-chrootless",
            "--log=/dev/null",
        ])
        .args([what, on]);
    ended(&mut command).ok();
}

#[test]
fn the_package_is_the_same_bytes_each_time_holds_what_it_says_and_removes_nothing_that_is_not_its_own()
 {
    let scratch = scratch();
    let place = |name: &str| scratch.path().join(name);
    let (first, second) = (made_in(&place("first")), made_in(&place("second")));
    let version = env!("CARGO_PKG_VERSION");
    let architecture = said("dpkg", &[], Path::new("--print-architecture"));
    let named = format!("lagrum_{version}_{}.deb", architecture.trim());
    assert_eq!(name(&first), named);
    let same = fs::read(&first).expect("a package") == fs::read(&second).expect("a package");
    assert!(same, "the same program gave two packages");
    fs::remove_file(&second).expect("removed");

    // What it holds: root's, nobody else writes it, nothing outside of what is a package's.
    let listed = said("dpkg-deb", &["-c"], &first);
    for line in listed.lines() {
        let parts: Vec<_> = line.split_whitespace().collect();
        let (mode, owner, path) = (parts[0], parts[1], parts[parts.len() - 1]);
        assert_eq!(owner, "root/root", "{line}");
        assert!(
            matches!(mode, "drwxr-xr-x" | "-rwxr-xr-x" | "-rw-r--r--"),
            "{line}"
        );
        assert!(path.starts_with("./usr/") || path == "./", "{line}");
    }
    for held in [
        "./usr/bin/lagrum",
        "./usr/lib/systemd/system/lagrum-agent.service",
        "./usr/lib/systemd/system/lagrum-exchange.service",
        "./usr/lib/sysusers.d/lagrum.conf",
        "./usr/lib/tmpfiles.d/lagrum.conf",
        "./usr/share/doc/lagrum/copyright",
        "./usr/share/doc/lagrum/docs/agent.md",
    ] {
        assert!(
            listed.lines().any(|line| line.ends_with(held)),
            "{held}\n{listed}"
        );
    }
    let depends = said("dpkg-deb", &["-f"], &first);
    let depends = depends.lines().find(|line| line.starts_with("Depends: "));
    let depends = depends.expect("what it needs");
    assert!(
        depends.contains("libc6 (>= ") && depends.contains("systemd-sysusers"),
        "{depends}"
    );
    assert!(!depends.contains("dovecot"), "{depends}");

    // Installed: the program runs, the users are there, nothing is started or enabled.
    let root = place("root");
    fs::create_dir_all(root.join("etc")).expect("made");
    for directory in ["info", "updates", "triggers"] {
        fs::create_dir_all(root.join("var/lib/dpkg").join(directory)).expect("made");
    }
    fs::write(root.join("var/lib/dpkg/status"), "").expect("written");
    let scripts = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !scripts {
        println!("not root: unpacked, and its scripts are not run");
        said("dpkg", &["-x", &first.display().to_string()], &root);
    } else {
        dpkg(&root, "-i", &first.display().to_string());
        let users = fs::read_to_string(root.join("etc/passwd")).expect("users");
        let users: BTreeMap<_, _> = users
            .lines()
            .filter_map(|line| line.split_once(':'))
            .collect();
        for user in ["lagrum", "lagrum-agent"] {
            assert!(users[user].ends_with(":/usr/sbin/nologin"), "{users:?}");
        }
        for directory in ["etc/lagrum/agent", "var/lib/lagrum"] {
            let own = fs::metadata(root.join(directory)).expect("made");
            assert_eq!(own.mode() & 0o7777, 0o700, "{directory}");
            assert!(
                users["lagrum-agent"].contains(&format!(":{}:", own.uid())),
                "{users:?}"
            );
        }
        assert!(!root.join("etc/systemd").exists(), "something is enabled");
        // An operator gave the settings to root: they stay so at the next boot and the next upgrade.
        let settings = root.join("etc/lagrum/agent");
        fs::set_permissions(&settings, fs::Permissions::from_mode(0o750)).expect("a mode");
        chown(&settings, Some(0), Some(0)).expect("an owner");
        let mut boots = Command::new("systemd-tmpfiles");
        boots.arg(format!("--root={}", root.display()));
        ended(boots.args(["--create", "lagrum.conf"])).ok();
        let own = fs::metadata(&settings).expect("it is there");
        assert_eq!((own.mode() & 0o7777, own.uid(), own.gid()), (0o750, 0, 0));
    }
    let mut installed = Command::new(root.join("usr/bin/lagrum"));
    let ran = ended(installed.arg("--version")).ok();
    assert_eq!(ran.out, format!("lagrum {version}\n"));

    // Purged: what people put there stays, with the user whose it is.
    if scripts {
        let settings = root.join("etc/lagrum/agent/agent.toml");
        fs::write(&settings, "theirs").expect("written");
        let wants = root.join("etc/systemd/system/multi-user.target.wants");
        fs::create_dir_all(&wants).expect("made");
        let link = |to: &str, unit: &str| symlink(to, wants.join(unit)).expect("a link");
        link(
            "/lib/systemd/system/lagrum-agent.service",
            "lagrum-agent.service",
        );
        let own = "/etc/systemd/system/lagrum-exchange.service";
        link(own, "lagrum-exchange.service");
        dpkg(&root, "--purge", "lagrum");
        // The link to what is gone goes too; the one to a unit of the operator's own stays.
        let left: Vec<_> = fs::read_dir(&wants).expect("it stays").collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(
            fs::read_link(wants.join("lagrum-exchange.service")).expect("it stays"),
            Path::new(own)
        );
        assert!(!root.join("usr/bin/lagrum").exists());
        assert_eq!(fs::read_to_string(&settings).expect("it stays"), "theirs");
        let users = fs::read_to_string(root.join("etc/passwd")).expect("users");
        assert!(users.contains("lagrum-agent:"), "{users}");
    }
}

#[test]
fn the_units_are_the_ones_that_the_page_shows_and_systemd_takes_them() {
    let folder = workspace().join("dev/debian");
    let page = fs::read_to_string(workspace().join("docs/exchange.md")).expect("the page");
    let units: Vec<_> = entries(&folder)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "service"))
        .collect();
    assert_eq!(units.len(), 2);
    let scratch = scratch();
    for file in &units {
        let unit = fs::read_to_string(file).expect("a unit");
        let shown = format!("```ini\n# dev/debian/{}\n{unit}```\n", name(file));
        assert!(
            page.contains(&shown),
            "docs/exchange.md shows another {}",
            name(file)
        );
        // Here the program lies elsewhere.
        let copy = scratch.path().join(name(file));
        let here = unit.replace("/usr/bin/lagrum", env!("CARGO_BIN_EXE_lagrum"));
        assert_ne!(here, unit);
        fs::write(&copy, here).expect("written");
    }
    if Command::new("systemd-analyze")
        .arg("--version")
        .output()
        .is_err()
    {
        println!("systemd-analyze is not here: the units are not verified");
        return;
    }
    // What is stopped together is stopped in the other order than it is started: the agent still hands over.
    let agent = fs::read_to_string(folder.join("lagrum-agent.service")).expect("a unit");
    let after = agent.lines().find_map(|line| line.strip_prefix("After="));
    let after: Vec<_> = after.expect("an order").split(' ').collect();
    assert!(after.contains(&"lagrum-exchange.service"), "{after:?}");
    for copy in files_below(scratch.path()) {
        let mut verify = Command::new("systemd-analyze");
        let ran = ended(verify.args(["verify", "--man=no"]).arg(&copy)).ok();
        assert!(!ran.err.contains(&name(&copy)), "{}", ran.err);
    }
}
