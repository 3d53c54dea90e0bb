//! May we connect there? Only to the open internet, and to what the settings allow by name.
//!
//! An export, a feed or a redirect says which address is to be fetched; whoever wrote it may want us to ask a machine
//! that only we can reach. So the *number* that is connected to is judged, never the name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::Deserialize;

/// Ports at which the web answers.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Addresses with one beginning: `10.1.0.0/16`, `fd00::/8`, or a single one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    beginning: IpAddr,
    bits: u8,
}

impl Network {
    /// Read it.
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("«{text}» is no network; write for example 127.0.0.1 or 10.1.0.0/16");
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let beginning: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if beginning.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| wrong()))?;
        if bits <= most { Ok(Self { beginning, bits }) } else { Err(wrong()) }
    }

    fn holds(self, address: IpAddr) -> bool {
        match (self.beginning, address) {
            (IpAddr::V4(beginning), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(self.bits);
                u64::from(beginning.to_bits()) >> shift == u64::from(address.to_bits()) >> shift
            }
            (IpAddr::V6(beginning), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(self.bits);
                shift == 128 || beginning.to_bits() >> shift == address.to_bits() >> shift
            }
            _ => false,
        }
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

/// May we connect to this address and port? What the settings allow may be asked at any port.
pub(super) fn is_permitted(address: IpAddr, port: u16, allowed: &[Network]) -> bool {
    if allowed.iter().any(|network| network.holds(address)) {
        return true;
    }
    let is_open = match address {
        IpAddr::V4(address) => is_open_v4(address),
        IpAddr::V6(address) => is_open_v6(address),
    };
    is_open && PORTS.contains(&port)
}

/// Everything but what IANA keeps for special purposes.
fn is_open_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(matches!(a, 0 | 10 | 127 | 224..=255)
        || (a == 100 && matches!(b, 64..=127))
        || (a == 169 && b == 254)
        || (a == 172 && matches!(b, 16..=31))
        || (a == 192 && b == 0 && matches!(c, 0 | 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && matches!(b, 18 | 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

/// Only what is given out to the world (`2000::/3`), without the parts of it that carry an IPv4 address within or are
/// kept for special purposes. Mapped addresses (`::ffff:127.0.0.1`) and translated ones lie outside.
fn is_open_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    (first & 0xe000) == 0x2000
        && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        && first != 0x2002
        && !(first == 0x3fff && second < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, port: u16, permitted: bool) {
        assert_eq!(is_permitted(address.parse().expect("an address"), port, &[]), permitted, "{address} {port}");
    }

    #[test]
    fn the_open_internet_may_be_asked() {
        check("93.184.216.34", 443, true);
        check("93.184.216.34", 80, true);
        check("1.1.1.1", 8080, true);
        check("100.63.255.255", 443, true);
        check("100.128.0.1", 443, true);
        check("172.32.0.1", 443, true);
        check("2606:2800:220:1::1", 443, true);
        check("2a00:1450:4001::1", 443, true);
    }

    #[test]
    fn machines_that_only_we_reach_may_not() {
        for address in [
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:93.184.216.34",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            check(address, 443, false);
        }
    }

    #[test]
    fn other_ports_are_no_web() {
        for port in [0, 22, 25, 3306, 5432, 6379, 9200, 11211] {
            check("93.184.216.34", port, false);
        }
    }

    #[test]
    fn what_the_settings_allow_may_be_asked_at_any_port() {
        let check = |network: &str, address: &str, permitted: bool| {
            let network = Network::parse(network).expect("a network");
            let address = address.parse().expect("an address");
            assert_eq!(is_permitted(address, 4711, &[network]), permitted, "{network:?} {address}");
        };
        check("127.0.0.1", "127.0.0.1", true);
        check("127.0.0.1", "127.0.0.2", false);
        check("10.1.0.0/16", "10.1.255.3", true);
        check("10.1.0.0/16", "10.2.0.1", false);
        check("0.0.0.0/0", "10.2.0.1", true);
        check("::1", "::1", true);
        check("::/0", "fd00::1", true);
        check("fd00::/8", "fd12::1", true);
        check("fd00::/8", "fe80::1", false);
        check("127.0.0.1", "::ffff:127.0.0.1", false);
        for wrong in ["", "localhost", "10.0.0.0/33", "::1/129", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(Network::parse(wrong).is_err(), "{wrong}");
        }
    }
}
