//! Certificates that GnuPG makes, in a home of their own.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// When it makes keys, unless it is told another time: at this second of UTC.
pub const MADE: &str = "20200601T000000";

/// GnuPG with keys of its own. Its helper programs end with it.
pub struct Gpg {
    home: TempDir,
}

impl Gpg {
    /// A new home. Nothing where GnuPG is not there, which is said.
    ///
    /// # Panics
    /// When no directory can be made.
    #[must_use]
    pub fn new() -> Option<Self> {
        if Command::new("gpg").arg("--version").output().is_err() {
            println!("SKIPPED: the program `gpg` is not there (Debian: apt-get install gnupg)");
            return None;
        }
        // The helper programs listen at paths below it, which may not be long.
        let home = tempfile::Builder::new().prefix("g").tempdir_in("/tmp");
        let home = home.expect("a directory");
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o700)).expect("its owner's");
        Some(Self { home })
    }

    /// The home, for other files of the test too.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    fn ran<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        Command::new("gpg")
            .env("GNUPGHOME", self.home())
            .args([
                "--faked-system-time",
                MADE,
                "--batch",
                "--no-tty",
                "--yes",
                "--passphrase",
                "",
                "--pinentry-mode",
                "loopback",
            ])
            .args(arguments)
            .output()
            .expect("gpg is there")
    }

    /// Runs it, and gives what it wrote.
    ///
    /// # Panics
    /// When it fails.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Vec<u8> {
        let ran = self.ran(arguments);
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "gpg: {said}");
        ran.stdout
    }

    /// Makes a key out of lines of its form for unattended generation, after `options`.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn make(&self, options: &[&str], lines: &str) {
        let file = self.home().join("to-make");
        let text = format!("%no-protection\n{lines}\n%commit\n");
        fs::write(&file, text).expect("the file is written");
        let file = file.to_str().expect("a plain name").to_owned();
        let options = options.iter().map(|one| (*one).to_owned());
        self.run(options.chain(["--full-gen-key".to_owned(), file]));
    }

    /// A key of one of the usual kinds, under a user id: `primary` and `subkey` are lines of that form.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn make_usual(&self, name: &str, primary: &str, subkey: &str) {
        self.make(
            &[],
            &format!(
                "{primary}\nKey-Usage: sign,cert\n{subkey}\nSubkey-Usage: encrypt\nName-Real: {name}\nExpire-Date: 0"
            ),
        );
    }

    /// The public key of a user id, armoured.
    #[must_use]
    pub fn export(&self, name: &str) -> Vec<u8> {
        self.run(["--armor", "--export", name])
    }

    /// Decrypts a file into another; whether it could.
    #[must_use]
    pub fn decrypt(&self, from: &Path, to: &Path) -> bool {
        let (from, to) = (from.as_os_str(), to.as_os_str());
        let arguments = [OsStr::new("--output"), to, OsStr::new("--decrypt"), from];
        self.ran(arguments).status.success()
    }

    /// The revocation that it made with the only key, ready to be taken in.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn revocation(&self) -> PathBuf {
        let made = fs::read_dir(self.home().join("openpgp-revocs.d")).expect("they are kept");
        let made = made.map(|one| one.expect("a file").path()).next();
        let text = fs::read_to_string(made.expect("one")).expect("a text");
        let file = self.home().join("revocation");
        fs::write(&file, text.replace(":-----BEGIN", "-----BEGIN")).expect("it is written");
        file
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        let ended = Command::new("gpgconf")
            .env("GNUPGHOME", self.home())
            .args(["--kill", "all"])
            .output();
        drop(ended);
    }
}
