//! Where a server may be: on this machine, since nothing on the way is encrypted yet.

use std::net::IpAddr;

use lagrum_store::StoreError;
use postgres::Config;
use postgres::config::Host;

/// Reads a connection string, and refuses one that leads to another machine.
pub(crate) fn parse(address: &str) -> Result<Config, StoreError> {
    let refused = |why: String| StoreError::Address(why);
    // The driver's own text may repeat what was given, and with it a password.
    let config: Config = address.parse().map_err(|_| {
        refused("it is not a connection string; write host=/run/postgresql user=… dbname=…".into())
    })?;
    let is_here = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse()
                    .is_ok_and(|address: IpAddr| address.is_loopback())
        }
    };
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(refused(
            "it names no host; write host= and the directory of the server's Unix socket".into(),
        ));
    }
    let is_away = config.get_hosts().iter().any(|host| !is_here(host))
        || config.get_hostaddrs().iter().any(|at| !at.is_loopback());
    if is_away {
        return Err(refused(
            "the connection is not encrypted yet, so the server must be on this machine; use its Unix socket or a loopback address, or a tunnel that ends at one"
                .into(),
        ));
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_on_this_machine_is_used() {
        for here in [
            "host=/run/postgresql user=lagrum dbname=lagrum",
            "host=localhost user=lagrum",
            "host=127.0.0.1 port=5433",
            "host=::1",
            "host=localhost hostaddr=127.0.0.1",
            "postgresql://lagrum@localhost/lagrum",
        ] {
            assert!(parse(here).is_ok(), "{here}");
        }
        for away in [
            "host=db.example user=lagrum",
            "host=192.0.2.7",
            "host=localhost,db.example",
            "host=localhost hostaddr=192.0.2.7",
            "host=localhost.example",
            "host=127.0.0.1.example",
            "postgresql://lagrum@db.example/lagrum",
            "user=lagrum",
        ] {
            let refused = parse(away).err();
            assert!(matches!(refused, Some(StoreError::Address(_))), "{away}");
        }
        let secret = parse("host=localhost pasword=secret")
            .unwrap_err()
            .to_string();
        assert!(!secret.contains("secret"), "{secret}");
    }
}
