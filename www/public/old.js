// Says so where the page does not begin: a browser too old for its scripts, or a file that did not arrive. ES5, for whatever reads it.
(function () {
  function missing() {
    return !window.customElements || !customElements.get('duibiao-desk');
  }
  function look() {
    if (!missing()) return;
    var told = document.createElement('p');
    told.className = 'old';
    told.setAttribute('role', 'alert');
    told.appendChild(document.createTextNode('\u672c\u9875\u6ca1\u6709\u80fd\u6253\u5f00\u3002\u8bf7\u6362\u7528\u65b0\u7248\u6d4f\u89c8\u5668\uff1b\u53cc\u6838\u6d4f\u89c8\u5668\u8bf7\u5207\u6362\u5230\u6781\u901f\u6a21\u5f0f\u3002\u4ecd\u6253\u4e0d\u5f00\u65f6\uff0c\u8bf7\u8054\u7cfb\u7f51\u7ad9\u7ba1\u7406\u5458\u3002 The page could not be opened. Please use a newer browser.'));
    document.body.appendChild(told);
    if (window.customElements) customElements.whenDefined('duibiao-desk').then(function () { document.body.removeChild(told); });
  }
  // Modules have run by then.
  if (window.addEventListener) window.addEventListener('load', look);
  else window.attachEvent('onload', look);
})();
