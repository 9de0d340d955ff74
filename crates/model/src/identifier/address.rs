use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU16;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One Internet address, one source port if it is named, at one instant (UTC): whoever used it then.
///
/// An IPv4 address that is written as an IPv6 one (`::ffff:198.51.100.23`, RFC 4291 section 2.5.5.2)
/// is the IPv4 address. Where many people share an address behind one translator (RFC 6888), only the
/// port tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawAddressAt", into = "RawAddressAt")]
pub struct AddressAt {
    address: IpAddr,
    port: Option<NonZeroU16>,
    at: Timestamp,
}

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawAddressAt {
    /// The address, IPv4 or IPv6.
    address: IpAddr,
    /// The source port, 1 to 65535.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    port: Option<NonZeroU16>,
    /// The instant (UTC).
    #[schemars(with = "crate::schema::Instant")]
    at: Timestamp,
}

impl AddressAt {
    /// An address at an instant (UTC).
    ///
    /// # Errors
    /// A sentence with the rule, when no one computer has that address.
    pub fn new(address: IpAddr, port: Option<NonZeroU16>, at: Timestamp) -> Result<Self, String> {
        let address = address.to_canonical();
        let broadcast = matches!(address, IpAddr::V4(four) if four.is_broadcast());
        if address.is_unspecified() || address.is_loopback() || address.is_multicast() || broadcast
        {
            return Err(format!(
                "Internet address `{address}`: no one computer has it; compare it with the paper"
            ));
        }
        Ok(Self { address, port, at })
    }

    /// The address; never an IPv4 address in IPv6 form.
    #[must_use]
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// The source port, if it is named.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port.map(NonZeroU16::get)
    }

    /// The instant (UTC).
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }
}

impl TryFrom<RawAddressAt> for AddressAt {
    type Error = String;
    fn try_from(raw: RawAddressAt) -> Result<Self, String> {
        Self::new(raw.address, raw.port, raw.at)
    }
}

impl From<AddressAt> for RawAddressAt {
    fn from(AddressAt { address, port, at }: AddressAt) -> Self {
        Self { address, port, at }
    }
}

impl fmt::Display for AddressAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address)?;
        if let Some(port) = self.port {
            write!(f, " port {port}")?;
        }
        write!(f, " at {}", self.at)
    }
}

impl fmt::Debug for AddressAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressAt(withheld)")
    }
}

impl FromStr for AddressAt {
    type Err = String;
    /// Reads `ADDRESS at INSTANT` or `ADDRESS port PORT at INSTANT`.
    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || {
            format!(
                "Internet address `{}`: write ADDRESS port PORT at INSTANT, for example 198.51.100.23 port 51234 at 2026-08-20T19:04:11Z; without `port PORT` if none is named",
                text.escape_debug()
            )
        };
        let (who, at) = text.split_once(" at ").ok_or_else(fault)?;
        let (address, port) = match who.split_once(" port ") {
            Some((address, port)) => (address, Some(port.trim().parse().map_err(|_| fault())?)),
            None => (who, None),
        };
        let address = address.trim().parse().map_err(|_| fault())?;
        Self::new(address, port, at.trim().parse().map_err(|_| fault())?)
    }
}
