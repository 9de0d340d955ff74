use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::AskedPeriod;

/// A span of Internet addresses, with the span of time in which they were used, if it is named. Names
/// nobody: a demand that rests on it is a demand in bulk.
///
/// Written as a block (`198.51.100.0/24`, RFC 4632) or by its first and last address
/// (`198.51.100.7-198.51.100.41`); kept as a block where it is one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawNetwork", into = "RawNetwork")]
pub struct Network {
    first: IpAddr,
    last: IpAddr,
    period: AskedPeriod,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum RawNetwork {
    /// The addresses alone.
    Text(String),
    /// The addresses, and from when to when.
    Table(InTime),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct InTime {
    /// The addresses.
    range: String,
    /// First instant (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    from: Option<Timestamp>,
    /// First instant after (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    until: Option<Timestamp>,
}

impl Network {
    /// Reads a block or a first and a last address.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = |why: &str| format!("network `{}`: {why}", text.escape_debug());
        let form = || {
            fault(
                "write a block of Internet addresses like 198.51.100.0/24, or the first and the last like 198.51.100.7-198.51.100.41; an area is written with kind = \"area\", other words with kind = \"search-term\"",
            )
        };
        let address = |text: &str| text.trim().parse::<IpAddr>().map_err(|_| form());
        let (first, last) = if let Some((base, bits)) = text.split_once('/') {
            let (base, bits) = (address(base)?, bits.trim().parse().map_err(|_| form())?);
            let (first, last) = block(base, bits)
                .ok_or_else(|| fault("an IPv4 block has 0 to 32 bits, an IPv6 block 0 to 128"))?;
            if first != base {
                return Err(fault(&format!(
                    "the block with {bits} bits begins at {first}: write {first}/{bits}, or the one address with its instant with kind = \"ip-address\""
                )));
            }
            (first, last)
        } else {
            let (first, last) = text.split_once('-').ok_or_else(form)?;
            (address(first)?, address(last)?)
        };
        let (first, last) = match (first.to_canonical(), last.to_canonical()) {
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => (first, last),
            canonical => canonical,
        };
        if first.is_ipv4() != last.is_ipv4() || first > last {
            return Err(fault(
                "the last address comes after the first and is of the same kind",
            ));
        }
        if first == last {
            return Err(fault(
                "it is one address; write it with its instant with kind = \"ip-address\"",
            ));
        }
        let period = AskedPeriod::default();
        Ok(Self {
            first,
            last,
            period,
        })
    }

    /// The same addresses in a span of time.
    #[must_use]
    pub fn during(self, period: AskedPeriod) -> Self {
        Self { period, ..self }
    }

    /// In normal form: a block where it is one, else first and last address.
    #[must_use]
    pub fn range(&self) -> String {
        let most = if self.first.is_ipv4() { 32 } else { 128 };
        let is = |bits: &u8| block(self.first, *bits) == Some((self.first, self.last));
        match (0..most).find(is) {
            Some(bits) => format!("{}/{bits}", self.first),
            None => format!("{}-{}", self.first, self.last),
        }
    }
}

/// First and last address of the block with so many bits around an address.
fn block(address: IpAddr, bits: u8) -> Option<(IpAddr, IpAddr)> {
    match address {
        IpAddr::V4(four) => {
            let host = u32::MAX.checked_shr(bits.into()).unwrap_or(0);
            let first = u32::from(four) & !host;
            (bits <= 32).then(|| {
                (
                    Ipv4Addr::from(first).into(),
                    Ipv4Addr::from(first | host).into(),
                )
            })
        }
        IpAddr::V6(six) => {
            let host = u128::MAX.checked_shr(bits.into()).unwrap_or(0);
            let first = u128::from(six) & !host;
            (bits <= 128).then(|| {
                (
                    Ipv6Addr::from(first).into(),
                    Ipv6Addr::from(first | host).into(),
                )
            })
        }
    }
}

impl Ord for Network {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |one: &Self| (one.first, one.last, one.period.from(), one.period.until());
        key(self).cmp(&key(other))
    }
}
impl PartialOrd for Network {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl TryFrom<RawNetwork> for Network {
    type Error = String;
    fn try_from(raw: RawNetwork) -> Result<Self, String> {
        match raw {
            RawNetwork::Text(text) => Self::parse(&text),
            RawNetwork::Table(InTime { range, from, until }) => {
                let period = AskedPeriod::new(from, until).map_err(|why| why.to_string())?;
                Ok(Self::parse(&range)?.during(period))
            }
        }
    }
}

impl From<Network> for RawNetwork {
    fn from(network: Network) -> Self {
        let (range, period) = (network.range(), network.period);
        match period == AskedPeriod::default() {
            true => Self::Text(range),
            false => Self::Table(InTime {
                range,
                from: period.from(),
                until: period.until(),
            }),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.period == AskedPeriod::default() {
            true => f.pad(&self.range()),
            false => write!(f, "{} ({})", self.range(), self.period),
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network(withheld)")
    }
}
