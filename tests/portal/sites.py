"""The one table of the sites that the portal's process plays. Add a row to add a site.

Each site has its own registrable domain, so that browsers keep the cookies of each apart.
Standard library only: the starter reads this table before Django is installed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    host: str
    plays: str
    """One sentence for people."""
    charter: str = "complete"
    """What the address of the charter answers: a key of `charters.ANSWERS`."""
    charter_link: bool = True
    """Whether the footer of every page links to the charter."""
    pages: str = "portal"
    """`portal` (accounts, languages, preferences), `quiet` (no page sets a cookie) or `third_party`."""
    leaks: bool = False
    """Whether every page also sets a statistics cookie by script and frames the third party."""
    partitioned: bool = False
    """Whether the framed third party is asked for a `Partitioned` cookie."""


SITES = {
    "plain": Site("donnees.rivebelle.example", "the portal: four cookies, all declared"),
    "leaky": Site("donnees.fuites.example", "the portal and two undeclared cookies, one of them third-party",
                  leaks=True),
    "partitioned": Site("donnees.cloisons.example", "as leaky, the third-party cookie being Partitioned",
                        leaks=True, partitioned=True),
    "third_party": Site("mesure.tiers.example", "the framed video player", pages="third_party"),
    "other": Site("autre.example", "another portal with a charter of its own, where `elsewhere` redirects to"),
    "not_found": Site("absente.example", "the charter answers 404", charter="not_found"),
    "broken": Site("panne.example", "the charter answers 500", charter="broken"),
    "slow": Site("lente.example", "the charter answers nothing for 60 s, then 504", charter="slow"),
    "elsewhere": Site("ailleurs.example", "the charter redirects to another site", charter="elsewhere"),
    "empty": Site("vide.example", "the charter is an HTML page of zero bytes", charter="empty"),
    "blank": Site("blanche.example", "the charter is a well-formed HTML page without a word", charter="blank"),
    "pdf": Site("pdf.example", "the charter is a PDF file", charter="pdf"),
    "image": Site("image.example", "the charter is a PNG image", charter="image"),
    "silent": Site("muette.example", "the charter speaks of cookies and lists none", charter="silent"),
    "no_link": Site("sanscharte.example", "no page links to a charter", charter="not_found", charter_link=False),
    "no_cookie": Site("sanscookie.example", "no page sets a cookie; the charter is there", pages="quiet"),
}


def address(key, port, path="/"):
    """The full address of a path of a site. Firefox cannot map ports, so addresses carry the port."""
    return f"https://{SITES[key].host}:{port}{path}"
