//! `mailbox.toml`.

use std::path::{Path, PathBuf};

use lagrum_durable::{FileError, read_secret, read_settings};
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

/// Why the settings are not used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file cannot be read, or others can change it or read the password.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is not what it should be.
    #[error("{}: {why}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Which field, which rule, and the way out.
        why: String,
    },
}

impl MailboxSettings {
    /// Reads `mailbox.toml`; paths in it are relative to it. `None`: there is no such file.
    ///
    /// # Errors
    /// When it is there and cannot be used: an unknown field, a password that others can read, a server
    /// elsewhere without TLS.
    pub fn read(path: &Path) -> Result<Option<Self>, SettingsError> {
        if !path.exists() {
            return Ok(None);
        }
        let invalid = |why: String| SettingsError::Invalid {
            path: path.to_owned(),
            why,
        };
        let text = read_settings(path)?;
        let file: File = toml::from_str(&text).map_err(|error| invalid(error.to_string()))?;
        let beside = |name: &Path| path.parent().unwrap_or(Path::new("")).join(name);
        let local = ["localhost", "127.0.0.1", "::1"].contains(&file.server.as_str());
        if file.plain && !local {
            return Err(invalid(
                "plain = true: without TLS only a server on this machine is read; take the line out".to_owned(),
            ));
        }
        for (field, value) in [
            ("server", &file.server),
            ("user", &file.user),
            ("folder", &file.folder),
        ] {
            if value.is_empty() || value.chars().any(char::is_control) {
                return Err(invalid(format!(
                    "{field}: empty, or holds control characters"
                )));
            }
        }
        let secret = read_secret(&beside(&file.password_file))?;
        let certificates = match &file.certificates {
            Some(name) => read_settings(&beside(name))?.into_bytes(),
            None => vec![],
        };
        Ok(Some(Self {
            server: file.server,
            port: file.port,
            user: file.user,
            password: Zeroizing::new(secret.trim_end_matches(['\r', '\n']).to_owned()),
            folder: file.folder,
            certificates,
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
    fn a_password_that_others_read_or_a_server_elsewhere_without_tls_is_refused() {
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
        let (place, path) = written(USUAL);
        fs::set_permissions(
            place.path().join("secret"),
            PermissionsExt::from_mode(0o644),
        )
        .unwrap();
        assert!(matches!(
            MailboxSettings::read(&path),
            Err(SettingsError::File(_))
        ));
    }
}
