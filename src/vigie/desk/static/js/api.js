// The page of the API: Swagger UI over this desk's own description, with the token of the page for what changes things.
// The layout is ours: this page has its own heading, and one main part only.
const place = document.getElementById("swagger");

function layout({ React }) {
  const piece = React.createElement;
  return {
    components: {
      DeskLayout({ getComponent, specSelectors, errSelectors }) {
        const [Icons, Errors, Sign, Operations, Models] = [
          getComponent("SvgAssets"),
          getComponent("errors", true),
          getComponent("AuthorizeBtnContainer", true),
          getComponent("operations", true),
          getComponent("Models", true),
        ];
        if (!specSelectors.specStr() && !errSelectors.lastError()) return null;
        return piece(
          "div",
          { className: "swagger-ui" },
          piece(Icons),
          piece(Errors),
          piece("div", { className: "schemes" }, piece(Sign)),
          piece(Operations),
          piece(Models),
        );
      },
    },
  };
}

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapi,
  validatorUrl: null, // would ask another site
  supportedSubmitMethods: ["get", "post"],
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  plugins: [layout],
  layout: "DeskLayout",
  requestInterceptor: (request) => {
    request.headers["X-CSRF-Token"] = place.dataset.token;
    return request;
  },
});
