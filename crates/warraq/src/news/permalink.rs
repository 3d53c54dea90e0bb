//! Where does an article live? The patterns that WordPress has, read both ways.

/// A pattern such as `/%year%/%monthnum%/%day%/%postname%/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalink {
    pattern: String,
    segments: Vec<Segment>,
    trailing_slash: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Fixed(String),
    Tag(Tag),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Year,
    Month,
    Day,
    Name,
    Id,
    Category,
    Author,
}

/// What an address is made of.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Number of the article.
    pub id: i64,
    /// Its slug, decoded.
    pub slug: &'a str,
    /// The site-local day of publication (or of the last change, before).
    pub day: jiff::civil::Date,
    /// Path of the main section (`economy/trade`).
    pub section: Option<&'a str>,
    /// Slug of the first byline.
    pub author: Option<&'a str>,
}

/// What an address says about the article that it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The article with this slug.
    Slug(String),
    /// The article with this number.
    Id(i64),
}

impl Permalink {
    /// Understand a pattern.
    ///
    /// # Errors
    /// An unknown tag, or neither `%postname%` nor `%post_id%` in it.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let mut segments = Vec::new();
        for piece in pattern.split('/').filter(|piece| !piece.is_empty()) {
            segments.push(match piece {
                "%year%" => Segment::Tag(Tag::Year),
                "%monthnum%" => Segment::Tag(Tag::Month),
                "%day%" => Segment::Tag(Tag::Day),
                "%postname%" => Segment::Tag(Tag::Name),
                "%post_id%" => Segment::Tag(Tag::Id),
                "%category%" => Segment::Tag(Tag::Category),
                "%author%" => Segment::Tag(Tag::Author),
                fixed if fixed.contains('%') => {
                    return Err(format!("«{fixed}» is not known in a permalink; there are %year% %monthnum% %day% %postname% %post_id% %category% %author%"));
                }
                fixed => Segment::Fixed(fixed.to_owned()),
            });
        }
        if !pattern.starts_with('/')
            || !segments.iter().any(|segment| matches!(segment, Segment::Tag(Tag::Name | Tag::Id)))
        {
            return Err(format!("the permalink «{pattern}» must begin with / and hold %postname% or %post_id%"));
        }
        Ok(Self { pattern: pattern.to_owned(), segments, trailing_slash: pattern.ends_with('/') })
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// The path of an article, decoded (not percent-encoded).
    #[must_use]
    pub fn path(&self, facts: &Facts<'_>) -> String {
        use std::fmt::Write as _;
        let mut path = String::with_capacity(facts.slug.len() + 16);
        for segment in &self.segments {
            path.push('/');
            // Writing to a string cannot fail.
            let _ = match segment {
                Segment::Fixed(text) => path.write_str(text),
                Segment::Tag(Tag::Year) => write!(path, "{:04}", facts.day.year()),
                Segment::Tag(Tag::Month) => write!(path, "{:02}", facts.day.month()),
                Segment::Tag(Tag::Day) => write!(path, "{:02}", facts.day.day()),
                Segment::Tag(Tag::Name) => path.write_str(facts.slug),
                Segment::Tag(Tag::Id) => write!(path, "{}", facts.id),
                Segment::Tag(Tag::Category) => path.write_str(facts.section.unwrap_or("uncategorized")),
                Segment::Tag(Tag::Author) => path.write_str(facts.author.unwrap_or("author")),
            };
        }
        if self.trailing_slash {
            path.push('/');
        }
        path
    }

    /// Which article a decoded path wants, if the path has the pattern's form. Date and section are not compared: the
    /// caller sends a reader with the right slug and the wrong day on to the right address.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<Wanted> {
        let pieces: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
        let mut at = 0;
        let mut wanted = None;
        for (place, segment) in self.segments.iter().enumerate() {
            let piece = *pieces.get(at)?;
            match segment {
                Segment::Fixed(text) if text == piece => at += 1,
                Segment::Fixed(_) => return None,
                Segment::Tag(Tag::Year) if is_number(piece, 4) => at += 1,
                Segment::Tag(Tag::Month | Tag::Day) if is_number(piece, 2) => at += 1,
                Segment::Tag(Tag::Year | Tag::Month | Tag::Day) => return None,
                Segment::Tag(Tag::Id) => {
                    wanted = Some(Wanted::Id(piece.parse().ok()?));
                    at += 1;
                }
                Segment::Tag(Tag::Name) => {
                    wanted = Some(Wanted::Slug(piece.to_owned()));
                    at += 1;
                }
                // Nested sections take as many pieces as the rest of the pattern leaves over.
                Segment::Tag(Tag::Category) => {
                    at = pieces.len().checked_sub(self.segments.len() - place - 1).filter(|next| *next > at)?
                }
                Segment::Tag(Tag::Author) => at += 1,
            }
        }
        if at == pieces.len() { wanted } else { None }
    }
}

impl Default for Permalink {
    fn default() -> Self {
        use Segment::Tag as T;
        Self {
            pattern: "/%year%/%monthnum%/%day%/%postname%/".into(),
            segments: vec![T(Tag::Year), T(Tag::Month), T(Tag::Day), T(Tag::Name)],
            trailing_slash: true,
        }
    }
}

fn is_number(piece: &str, length: usize) -> bool {
    piece.len() == length && piece.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts<'static> {
        Facts {
            id: 12,
            slug: "الصين",
            day: jiff::civil::date(2020, 10, 3),
            section: Some("economy/trade"),
            author: Some("hala"),
        }
    }

    fn check(pattern: &str, path: &str, wanted: &Wanted) {
        let permalink = Permalink::parse(pattern).expect(pattern);
        assert_eq!(permalink.path(&facts()), path);
        assert_eq!(permalink.read(path).as_ref(), Some(wanted), "{path}");
    }

    #[test]
    fn writes_and_reads_every_wordpress_form() {
        let slug = Wanted::Slug("الصين".into());
        check("/%year%/%monthnum%/%day%/%postname%/", "/2020/10/03/الصين/", &slug);
        check("/%year%/%monthnum%/%postname%/", "/2020/10/الصين/", &slug);
        check("/%postname%/", "/الصين/", &slug);
        check("/%postname%", "/الصين", &slug);
        check("/archives/%post_id%", "/archives/12", &Wanted::Id(12));
        check("/%category%/%postname%/", "/economy/trade/الصين/", &slug);
        check("/%author%/%postname%/", "/hala/الصين/", &slug);
    }

    #[test]
    fn the_default_is_what_its_pattern_says() {
        assert_eq!(Permalink::parse(Permalink::default().as_str()), Ok(Permalink::default()));
    }

    #[test]
    fn refuses_other_shapes() {
        let read = |path: &str| Permalink::default().read(path);
        assert_eq!(read("/2020/10/الصين/"), None);
        assert_eq!(read("/2020/10/3/الصين/"), None);
        assert_eq!(read("/2020/10/03/الصين/more/"), None);
        assert_eq!(read("/"), None);
    }

    #[test]
    fn refuses_patterns_that_name_no_article() {
        assert!(Permalink::parse("/%year%/").is_err());
        assert!(Permalink::parse("/%planet%/%postname%/").is_err());
        assert!(Permalink::parse("%postname%").is_err());
    }
}
