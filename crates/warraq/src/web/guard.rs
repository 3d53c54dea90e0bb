//! May this request do what it asks for? Where it comes from, and how often.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::{HeaderMap, header};

use crate::identity::network_block;
use crate::news::site::BaseUrl;
use crate::web::newsroom::Access;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Everybody; the answer depends on the path alone.
    Public,
    /// Everybody, from a page of ours: what it writes belongs to no account, so a request that no browser made passes.
    GuestWrite,
    /// The machine's own health, told to everybody who asks.
    Health,
    /// Those who work here, as the place says.
    Newsroom(Access),
}

/// Does a browser say that this request comes from another site?
///
/// Browsers send `Sec-Fetch-Site` or at least `Origin` with every form that crosses sites. A request with neither was
/// not made by a page, and a guest's comment carries no right of anybody that could be abused.
#[must_use]
pub fn is_cross_site(headers: &HeaderMap, base: &BaseUrl) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    match headers.get(header::ORIGIN) {
        None => false,
        Some(origin) => {
            origin.as_bytes() != base.as_str().as_bytes() && !is_own_host(origin.to_str().unwrap_or(""), headers)
        }
    }
}

/// Does a browser say that this request comes from a page of ours? What it may do belongs to an account, so a request
/// that does not say so is none.
#[must_use]
pub fn is_from_here(headers: &HeaderMap, base: &BaseUrl) -> bool {
    let tells = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    tells && headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin") && !is_cross_site(headers, base)
}

/// An older browser on an address that is not the configured one (a preview on another port). A page of another site
/// cannot choose the `Host` of the request.
fn is_own_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    !host.is_empty() && authority == Some(host)
}

/// The reader's network address. `X-Forwarded-For` is believed only from a proxy that the settings name, and then only
/// as far back as the last address that is not such a proxy.
#[must_use]
pub fn client_address(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer.ip().to_canonical();
    let hops: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    for hop in hops.into_iter().rev() {
        if !trusted.contains(&address) {
            break;
        }
        address = hop.to_canonical();
    }
    address
}

/// How often one network block may write. Counts are kept in memory and forgotten when they no longer matter.
pub struct Throttle(DefaultKeyedRateLimiter<[u8; 8]>);

impl Throttle {
    /// `burst` at once, and as many again within ten minutes.
    #[must_use]
    pub fn per_ten_minutes(burst: u32) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let refill = std::time::Duration::from_secs(600) / burst.get();
        let quota = Quota::with_period(refill).unwrap_or(Quota::per_minute(NonZeroU32::MIN)).allow_burst(burst);
        Self(RateLimiter::keyed(quota))
    }

    /// Is it somebody's turn? Counts the attempt.
    #[must_use]
    pub fn admits(&self, address: IpAddr) -> bool {
        if self.0.len() > 100_000 {
            self.0.retain_recent();
        }
        self.0.check_key(&network_block(address)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().expect("a value")))
            .collect()
    }

    #[test]
    fn tells_other_sites_from_ours() {
        let base = BaseUrl::parse("https://example.org").expect("an address");
        let check = |pairs: &[(&'static str, &str)], cross: bool| {
            assert_eq!(is_cross_site(&headers(pairs), &base), cross, "{pairs:?}")
        };
        check(&[("sec-fetch-site", "same-origin")], false);
        check(&[("sec-fetch-site", "cross-site"), ("origin", "https://example.org")], true);
        check(&[("sec-fetch-site", "same-site")], true);
        check(&[("origin", "https://example.org")], false);
        check(&[("origin", "https://evil.example")], true);
        check(&[("origin", "null")], true);
        check(&[("origin", "http://localhost:9"), ("host", "localhost:9")], false);
        check(&[("origin", "http://evil.example"), ("host", "localhost:9")], true);
        check(&[], false);
    }

    #[test]
    fn the_newsroom_listens_to_its_own_pages_alone() {
        let base = BaseUrl::parse("https://example.org").expect("an address");
        let check = |pairs: &[(&'static str, &str)], here: bool| {
            assert_eq!(is_from_here(&headers(pairs), &base), here, "{pairs:?}")
        };
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("origin", "https://example.org")], true);
        check(&[("sec-fetch-site", "none")], false);
        check(&[("sec-fetch-site", "same-site"), ("origin", "https://example.org")], false);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("origin", "https://evil.example")], false);
        check(&[("origin", "null")], false);
        check(&[], false);
    }

    #[test]
    fn believes_configured_proxies_only() {
        let check = |peer: &str, forwarded: &str, client: &str| {
            let trusted: Vec<IpAddr> = vec!["10.0.0.1".parse().expect("ip"), "10.0.0.2".parse().expect("ip")];
            let peer = SocketAddr::new(peer.parse().expect("ip"), 1);
            assert_eq!(client_address(peer, &headers(&[("x-forwarded-for", forwarded)]), &trusted).to_string(), client);
        };
        check("192.0.2.9", "198.51.100.1", "192.0.2.9");
        check("10.0.0.1", "198.51.100.1", "198.51.100.1");
        check("10.0.0.1", "203.0.113.7, 198.51.100.1, 10.0.0.2", "198.51.100.1");
        check("10.0.0.1", "nonsense", "10.0.0.1");
    }

    #[test]
    fn a_block_waits_its_turn() {
        let throttle = Throttle::per_ten_minutes(3);
        let admitted = |address: &str| throttle.admits(address.parse().expect("ip"));
        assert_eq!([(); 4].map(|()| admitted("192.0.2.1")), [true, true, true, false]);
        assert!(!admitted("192.0.2.99"));
        assert!(admitted("198.51.100.1"));
    }
}
