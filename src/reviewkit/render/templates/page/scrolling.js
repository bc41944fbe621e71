// What is wider than its place scrolls within it, and can be reached by key for that.
(function(){
var places=[].slice.call(document.querySelectorAll(".rk-table,.rk-chart,.rk-live,.rk-foreign,.rk pre"));
function look(){
  places.forEach(function(place){
    if(place.scrollWidth>place.clientWidth+1)place.tabIndex=0;
    else place.removeAttribute("tabindex");
  });
}
window.addEventListener("resize",look);
window.addEventListener("load",look);
look();
})();
