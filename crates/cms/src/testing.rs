//! Certificates that the program `openssl` makes, in a directory of their own.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// From when on certificates are good, unless another time is said (UTC).
pub const MADE: &str = "20200601000000Z";
/// Until when they are good, unless another time is said (UTC).
pub const ENDS: &str = "20350601000000Z";

/// What a key of RSA of 2048 bits is made of, one on P-256, on P-384 and on P-521.
pub const KINDS: [&[&str]; 4] = [RSA, NIST[0], NIST[1], NIST[2]];
/// What a key of RSA of 2048 bits is made of.
pub const RSA: &[&str] = &["RSA", "rsa_keygen_bits:2048"];
/// What keys on the curves of NIST are made of.
pub const NIST: [&[&str]; 3] = [
    &["EC", "ec_paramgen_curve:P-256"],
    &["EC", "ec_paramgen_curve:P-384"],
    &["EC", "ec_paramgen_curve:P-521"],
];

/// What a certificate says beside its key.
#[derive(Clone, Copy, Debug)]
pub struct Says<'s> {
    /// The lines of its extensions, as the configuration of OpenSSL has them.
    pub extensions: &'s str,
    /// From when on it is good.
    pub from: &'s str,
    /// Until when it is good.
    pub until: &'s str,
}

impl Default for Says<'_> {
    fn default() -> Self {
        Self {
            extensions: "keyUsage = critical, keyEncipherment, keyAgreement\nextendedKeyUsage = emailProtection",
            from: MADE,
            until: ENDS,
        }
    }
}

/// OpenSSL with a directory for keys and certificates.
pub struct Openssl {
    home: TempDir,
}

impl Openssl {
    /// A new directory. Nothing where OpenSSL is not there, which is said.
    ///
    /// # Panics
    /// When no directory can be made.
    #[must_use]
    pub fn new() -> Option<Self> {
        if Command::new("openssl").arg("version").output().is_err() {
            println!(
                "SKIPPED: the program `openssl` is not there (Debian: apt-get install openssl)"
            );
            return None;
        }
        let home = tempfile::Builder::new()
            .prefix("o")
            .tempdir_in(std::env::temp_dir());
        let home = home.expect("a directory");
        fs::write(home.path().join("index.txt"), "").expect("it is written");
        Some(Self { home })
    }

    /// The directory, for other files of the test too.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A file in it.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.home().join(name)
    }

    fn ran<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        Command::new("openssl")
            .current_dir(self.home())
            .args(arguments)
            .output()
            .expect("openssl is there")
    }

    /// Runs it there, and gives what it wrote.
    ///
    /// # Panics
    /// When it fails.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Vec<u8> {
        let ran = self.ran(arguments);
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "openssl: {said}");
        ran.stdout
    }

    /// Makes the key `NAME.key` and a certificate for it, `NAME.pem`: of an algorithm, with options of it.
    ///
    /// # Panics
    /// When one cannot be made.
    pub fn make(&self, name: &str, kind: &[&str], says: &Says<'_>) {
        let (key, request) = (format!("{name}.key"), format!("{name}.csr"));
        let mut arguments = vec!["genpkey", "-algorithm", kind[0], "-out", &key];
        arguments.extend(kind[1..].iter().flat_map(|one| ["-pkeyopt", one]));
        self.run(arguments);
        let Says {
            extensions,
            from,
            until,
        } = says;
        let config = format!(
            "[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\nnew_certs_dir = .\nrand_serial = yes\nunique_subject = no\n\
             default_md = sha256\npolicy = any\nx509_extensions = says\n[any]\ncommonName = supplied\n[says]\n{extensions}\n\
             [req]\ndistinguished_name = name\n[name]\n"
        );
        fs::write(self.file("openssl.cnf"), config).expect("it is written");
        let subject = format!("/CN={name}");
        let settings = ["-config", "openssl.cnf"];
        let made = [
            "req", "-new", "-key", &key, "-subj", &subject, "-out", &request,
        ];
        self.run([&made[..], &settings].concat());
        let (out, times) = (
            format!("{name}.pem"),
            ["-startdate", from, "-enddate", until],
        );
        let signed = [
            "ca",
            "-batch",
            "-notext",
            "-selfsign",
            "-keyfile",
            &key,
            "-in",
            &request,
            "-out",
            &out,
        ];
        self.run([&signed[..], &times, &settings].concat());
    }

    /// A certificate that it made, in PEM.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn pem(&self, name: &str) -> Vec<u8> {
        fs::read(self.file(&format!("{name}.pem"))).expect("it was made")
    }

    /// The same in DER.
    #[must_use]
    pub fn der(&self, name: &str) -> Vec<u8> {
        self.run(["x509", "-outform", "DER", "-in", &format!("{name}.pem")])
    }

    /// The SHA-256 of a certificate as it shows it, in capitals with colons.
    ///
    /// # Panics
    /// When it shows none.
    #[must_use]
    pub fn fingerprint(&self, name: &str) -> String {
        let file = format!("{name}.pem");
        let shown = self.run(["x509", "-noout", "-fingerprint", "-sha256", "-in", &file]);
        let shown = String::from_utf8(shown).expect("a text");
        let (_, fingerprint) = shown.trim().split_once('=').expect("it is shown");
        fingerprint.to_owned()
    }

    /// Decrypts a message into another file with the key `NAME.key`; whether it said that it could.
    #[must_use]
    pub fn decrypt(&self, name: &str, from: &Path, to: &Path) -> bool {
        let key = self.file(&format!("{name}.key"));
        let arguments = ["cms", "-decrypt", "-inform", "DER"].map(OsStr::new);
        let files = [
            OsStr::new("-in"),
            from.as_os_str(),
            OsStr::new("-inkey"),
            key.as_os_str(),
            OsStr::new("-out"),
            to.as_os_str(),
        ];
        self.ran(arguments.into_iter().chain(files))
            .status
            .success()
    }
}
