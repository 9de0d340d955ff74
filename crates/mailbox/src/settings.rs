//! `mailbox.toml`.

use std::path::{Path, PathBuf};

use lagrum_durable::{SettingsError, SettingsFile};
use serde::Deserialize;
use zeroize::Zeroizing;

/// Where the mailbox is, and who reads it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    server: String,
    #[serde(default = "imaps")]
    port: u16,
    user: String,
    password_file: PathBuf,
    #[serde(default = "inbox")]
    folder: String,
    #[serde(default)]
    certificates: Option<PathBuf>,
    #[serde(default)]
    plain: bool,
}

fn imaps() -> u16 {
    993
}

fn inbox() -> String {
    "INBOX".to_owned()
}

/// How the mailbox is reached.
pub struct MailboxSettings {
    /// The server's name, as its certificate has it.
    pub server: String,
    /// 993 unless said otherwise.
    pub port: u16,
    /// The name of the mailbox's user.
    pub user: String,
    /// Its password.
    pub password: Zeroizing<String>,
    /// The folder that is read.
    pub folder: String,
    /// Certificates (PEM) of whoever vouches for the server. Empty: those that the machine trusts.
    pub certificates: Vec<u8>,
    /// Without TLS; only a server on this machine.
    pub plain: bool,
}

impl MailboxSettings {
    /// Reads `mailbox.toml`; paths in it are relative to it. `None`: there is no such file.
    ///
    /// # Errors
    /// When it is there and cannot be used: an unknown field, a password that others can read, a server
    /// elsewhere without TLS.
    pub fn read(path: &Path) -> Result<Option<Self>, SettingsError> {
        let Some((settings, file)) = SettingsFile::read::<File>(path)? else {
            return Ok(None);
        };
        let local = ["localhost", "127.0.0.1", "::1"].contains(&file.server.as_str());
        if file.plain && !local {
            return Err(settings.invalid(
                "plain = true: without TLS only a server on this machine is read; take the line out",
            ));
        }
        for (field, value) in [
            ("server", &file.server),
            ("user", &file.user),
            ("folder", &file.folder),
        ] {
            if value.is_empty() || value.chars().any(char::is_control) {
                return Err(
                    settings.invalid(format!("{field}: empty, or holds control characters"))
                );
            }
        }
        Ok(Some(Self {
            server: file.server,
            port: file.port,
            user: file.user,
            password: settings.secret(&file.password_file)?,
            folder: file.folder,
            certificates: settings.certificates(file.certificates.as_ref())?,
            plain: file.plain,
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::Builder::new()
            .tempdir_in(std::env::temp_dir())
            .unwrap();
        let path = place.path().join("mailbox.toml");
        fs::write(&path, text).unwrap();
        fs::write(place.path().join("secret"), "s3cret\n").unwrap();
        fs::set_permissions(
            place.path().join("secret"),
            PermissionsExt::from_mode(0o600),
        )
        .unwrap();
        (place, path)
    }

    const USUAL: &str = "server = \"imap.kvist.example\"\nuser = \"demands@kvist.example\"\npassword_file = \"secret\"\n";

    #[test]
    fn what_is_left_out_is_the_usual() {
        let (_place, path) = written(USUAL);
        let read = MailboxSettings::read(&path).unwrap().unwrap();
        assert_eq!(
            (read.port, read.folder.as_str(), read.plain),
            (993, "INBOX", false)
        );
        assert_eq!(*read.password, "s3cret");
        assert!(
            MailboxSettings::read(Path::new("/nowhere/mailbox.toml"))
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn a_server_elsewhere_without_tls_is_refused() {
        let refused = |text: &str, says: &str| {
            let (_place, path) = written(text);
            let why = MailboxSettings::read(&path).err().unwrap().to_string();
            assert!(why.contains(says), "{why}");
        };
        refused(
            &format!("{USUAL}plain = true\n"),
            "only a server on this machine",
        );
        refused(&format!("{USUAL}pasword = 1\n"), "pasword");
        refused(
            &USUAL.replace("demands@kvist.example", "a\\nb"),
            "control characters",
        );
    }
}
