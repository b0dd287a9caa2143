"""The closed fetcher: a document is given what it needs and can ask for nothing else.

WeasyPrint's own fetcher opens http:, ftp:, file: and data: addresses, and so lets a
text that slipped into markup read the server's files and its inner network.
"""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.pdf.errors import ForeignResource


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # untyped library
    """Answers from a fixed dictionary; anything else ends the rendering."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(
            allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True
        )
        self._assets = dict(assets)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return one of the assets.

        Raises:
            ForeignResource: The address is none of them. WeasyPrint turns it into its
                fatal error, which `Typesetter` turns back.
        """
        if url not in self._assets:
            raise ForeignResource(url=url)
        return URLFetcherResponse(url, self._assets[url])
