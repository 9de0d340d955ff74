//! Debian's Exim, which takes mail on this machine and lays each message into a file.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lagrum_outgoing::{MailSettings, Security};
use zeroize::Zeroizing;

/// A server that runs until it is dropped.
pub struct Exim {
    place: tempfile::TempDir,
    /// TLS from the first byte on.
    pub tls: u16,
    /// STARTTLS.
    pub plain: u16,
    child: Child,
}

fn ran(command: &mut Command) -> String {
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{command:?}: {said}");
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

/// A certificate of `localhost`, which vouches for itself alone; and its key.
pub fn certificate(place: &Path) -> (String, String) {
    let here = place.to_str().unwrap();
    let about = format!("{here}/req.conf");
    let said = "[req]\nprompt = no\ndistinguished_name = dn\nx509_extensions = own\n[dn]\nCN = localhost\n[own]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:localhost\n";
    fs::write(&about, said).unwrap();
    let (key, certificate) = (format!("{here}/key.pem"), format!("{here}/cert.pem"));
    let mut make = Command::new("openssl");
    make.args([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
    ])
    .args(["-config", &about])
    .args(["-keyout", &key, "-out", &certificate]);
    ran(&mut make);
    (key, certificate)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|free| free.local_addr())
        .unwrap()
        .port()
}

impl Exim {
    /// Starts one: it lets `desk` in with a password, and no recipient of `nobody.example`.
    pub fn start() -> Self {
        let place = tempfile::Builder::new()
            .prefix("exim")
            .tempdir_in(std::env::temp_dir())
            .unwrap();
        let here = place.path().to_str().unwrap().to_owned();
        fs::set_permissions(&here, PermissionsExt::from_mode(0o755)).unwrap();
        let (tls, plain) = (free_port(), free_port());
        let (key, certificate) = certificate(place.path());
        // As root it becomes the user of the package; else it stays who it is.
        let root = ran(Command::new("id").arg("-u")) == "0";
        let user = match root {
            true => "Debian-exim".to_owned(),
            false => ran(Command::new("id").arg("-un")),
        };
        let group = ran(Command::new("id").args(["-gn", &user]));
        for folder in ["spool", "log", "mail"] {
            fs::create_dir_all(format!("{here}/{folder}")).unwrap();
        }
        let config = format!(
            "primary_hostname = localhost\nexim_user = {user}\nexim_group = {group}\nspool_directory = {here}/spool\n\
             log_file_path = {here}/log/%s\npid_file_path = {here}/exim.pid\nlocal_interfaces = 127.0.0.1\n\
             daemon_smtp_ports = {tls} : {plain}\ntls_on_connect_ports = {tls}\ntls_advertise_hosts = *\n\
             tls_certificate = {certificate}\ntls_privatekey = {key}\nauth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}\n\
             acl_smtp_rcpt = rcpt\nacl_smtp_data = accept\nhost_lookup =\nrfc1413_query_timeout = 0s\nqualify_domain = localhost\n\
             smtp_accept_max = 20\nqueue_only = false\nnever_users =\nkeep_environment =\n\
             begin acl\nrcpt:\n  deny message = no such recipient\n    domains = nobody.example\n  defer message = come again\n    domains = later.example\n  accept authenticated = *\n  deny message = sign in\n\
             begin routers\nall:\n  driver = accept\n  transport = file\n\
             begin transports\nfile:\n  driver = appendfile\n  directory = {here}/mail\n  maildir_format\n  create_directory\n  user = {user}\n  group = {group}\n  envelope_to_add = false\n  return_path_add = false\n  delivery_date_add = false\n\
             begin authenticators\nplain:\n  driver = plaintext\n  public_name = PLAIN\n  server_prompts = :\n  server_condition = ${{if and{{{{eq{{$auth2}}{{desk}}}}{{eq{{$auth3}}{{s3cret}}}}}}}}\n  server_set_id = $auth2\n  server_advertise_condition = ${{if def:tls_in_cipher}}\n"
        );
        let file = format!("{here}/exim.conf");
        fs::write(&file, config).unwrap();
        if root {
            let owner = format!("{user}:{group}");
            ran(Command::new("chown").args(["-R", &owner, &here]));
            // Exim trusts no settings that others than root may change.
            ran(Command::new("chown").args(["root:root", &file]));
            fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        }
        let mut command = Command::new("/usr/sbin/exim4");
        command
            .args(["-bdf", "-C", &file])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let server = Self {
            place,
            tls,
            plain,
            child,
        };
        for _ in 0..200 {
            let up = |port| TcpStream::connect(("127.0.0.1", port)).is_ok();
            if up(tls) && up(plain) {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(server.place.path().join("log/main")).unwrap_or_default();
        panic!("Exim does not start:\n{log}");
    }

    /// How it is reached.
    pub fn settings(&self, security: Security) -> MailSettings {
        MailSettings {
            server: "localhost".to_owned(),
            port: match security {
                Security::Tls => self.tls,
                Security::StartTls | Security::None => self.plain,
            },
            security,
            login: Some(("desk".to_owned(), Zeroizing::new("s3cret".to_owned()))),
            from: "Kvist Mail <desk@kvist.example>".to_owned(),
            address: "desk@kvist.example".to_owned(),
            certificates: self.certificate(),
            letters: vec![],
        }
    }

    /// Its certificate (PEM).
    pub fn certificate(&self) -> Vec<u8> {
        fs::read(self.place.path().join("cert.pem")).unwrap()
    }

    /// The messages that it took, as they lie there; waits until there are so many.
    pub fn taken(&self, count: usize) -> Vec<Vec<u8>> {
        self.waited_for(count, Duration::from_secs(20))
    }

    /// The same; waits no longer than that.
    pub fn waited_for(&self, count: usize, time: Duration) -> Vec<Vec<u8>> {
        let until = Instant::now() + time;
        loop {
            let files = fs::read_dir(self.place.path().join("mail/new"));
            let files: Vec<_> = files.into_iter().flatten().map(Result::unwrap).collect();
            if files.len() >= count || Instant::now() > until {
                let mut files: Vec<_> = files.into_iter().map(|file| file.path()).collect();
                files.sort();
                assert_eq!(files.len(), count);
                return files
                    .into_iter()
                    .map(|file| fs::read(file).unwrap())
                    .collect();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Exim {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").arg(pid).status();
        let _ = self.child.wait();
    }
}
